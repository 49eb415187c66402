// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.mango.MangoApi.Limit;
import io.cordboard.pbx.CallControl;

/** Ends calls and hands them over. Mango knows only legs, so which one is meant is looked up. */
final class MangoControl implements CallControl {
    private final String account;
    private final MangoBook book;
    private final MangoCommands commands;

    MangoControl(String account, MangoBook book, MangoCommands commands) {
        this.account = account;
        this.book = book;
        this.commands = commands;
    }

    @Override
    public void hangUp(CallId call) {
        MangoLeg leg = journey(call).live().orElseThrow(MangoControl::notThere);
        ObjectNode params = MangoCommands.params().put("call_id", leg.id());
        commands.run(Limit.HANG_UP, "commands/call/hangup", MangoCommands.newId("end"), params);
    }

    @Override
    public void transfer(CallId call, Extension to) {
        MangoLeg leg = journey(call).talking().orElseThrow(MangoControl::notThere);
        Extension agent = leg.agent().orElseThrow(MangoControl::notThere);
        ObjectNode params = MangoCommands.params()
                .put("call_id", leg.id())
                .put("method", "blind")
                .put("to_number", to.number())
                .put("initiator", agent.number());
        commands.run(Limit.TRANSFER, "commands/transfer", MangoCommands.newId("move"), params);
    }

    private MangoJourney journey(CallId call) {
        if (!call.pbx().equals(account)) {
            throw notThere();
        }
        return book.find(call.value()).orElseThrow(MangoControl::notThere);
    }

    private static ConnectorException notThere() {
        return new ConnectorException(Reason.NOT_FOUND, "Mango has no such call, or nobody talks in it");
    }
}
