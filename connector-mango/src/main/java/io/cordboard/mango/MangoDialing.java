// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.mango.MangoApi.Limit;
import io.cordboard.pbx.Dialing;
import java.util.Optional;
import java.util.regex.Pattern;

/** Orders callbacks: the agent's phone rings first, then the customer's. Safe for use by many threads. */
final class MangoDialing implements Dialing {
    /** A number of the account, or the name of a SIP line; not its address. */
    static final Pattern LINE = Pattern.compile("[0-9A-Za-z._-]{2,64}");

    private static final Pattern EXTENSION = Pattern.compile("[0-9]{1,10}");

    private final MangoCommands commands;
    private final Optional<String> usualLine;

    MangoDialing(MangoCommands commands, MangoSettings settings) {
        this.commands = commands;
        this.usualLine = settings.line();
    }

    @Override
    public void dial(Order order) {
        // Whatever Mango would call invalid is refused here: two such requests lock the account.
        String digits = MangoNumbers.digits(order.number());
        if (digits.length() < 5 || digits.length() > 15) {
            throw new ConnectorException(Reason.REFUSED, "this is no number that Mango could call");
        }
        if (!EXTENSION.matcher(order.agent().number()).matches()) {
            throw new ConnectorException(Reason.REFUSED, "extension " + order.agent() + " is none of Mango");
        }
        ObjectNode params = MangoCommands.params();
        params.putObject("from").put("extension", order.agent().number());
        params.put("to_number", digits);
        Optional<String> line = Optional.ofNullable(order.line()).or(() -> usualLine);
        if (line.isPresent()) {
            String plain = line.get().startsWith("+") ? line.get().substring(1) : line.get();
            if (!LINE.matcher(plain).matches()) {
                throw new ConnectorException(Reason.REFUSED, "the line is neither a number nor the name of a SIP line");
            }
            params.put("line_number", plain);
        }
        try {
            commands.run(Limit.CALLBACK, "commands/callback", MangoCommands.DIAL + order.id(), params);
        } catch (ConnectorException e) {
            throw e.reason() == Reason.REFUSED || e.reason() == Reason.NOT_FOUND
                    ? new ConnectorException(
                            Reason.REFUSED,
                            e.getMessage() + ": check that extension " + order.agent()
                                    + " exists in the PBX and that the number is complete",
                            null,
                            e)
                    : e;
        }
    }
}
