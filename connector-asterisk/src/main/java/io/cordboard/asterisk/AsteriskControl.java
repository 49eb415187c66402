// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.call.CallId;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Reason;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import java.util.Set;
import org.asteriskjava.manager.action.AbstractManagerAction;
import org.asteriskjava.manager.action.HangupAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.QueuePauseAction;

/** Tells Asterisk what to do. Every text is checked before it goes into an action. Safe for use by many threads. */
final class AsteriskControl implements Dialing, CallControl, Pausing {
    private final AsteriskSettings settings;
    private final AmiLink link;
    private final AsteriskCalls calls;
    private final AsteriskAgents agents;

    AsteriskControl(AsteriskSettings settings, AmiLink link, AsteriskCalls calls, AsteriskAgents agents) {
        this.settings = settings;
        this.link = link;
        this.calls = calls;
        this.agents = agents;
    }

    @Override
    public void dial(Order order) {
        AsteriskSettings.Dial dial = settings.dial();
        String id = AmiText.part("order's id", order.id());
        String number = AmiText.part("number", order.number().replace("+", ""));
        String agent = AmiText.part("agent's extension", order.agent().number());
        OriginateAction action = new OriginateAction();
        action.setActionId(id);
        // Becomes Uniqueid and Linkedid: the call is recognised by it from its first event on.
        action.setChannelId(id);
        action.setChannel(AmiText.channel("agent's channel", dial.channel().replace("{agent}", agent)));
        action.setContext(AmiText.part("context", dial.context()));
        action.setExten(number);
        action.setPriority(1);
        action.setAsync(true);
        action.setTimeout(dial.timeout().toMillis());
        action.setCallerId("\"" + number + "\" <" + number + ">");
        action.setVariable("__" + settings.variables().callId(), id);
        calls.order(order);
        link.send(action);
    }

    @Override
    public void hangUp(CallId call) {
        String channel = calls.ask(deriver -> deriver.channelToHangUp(call)).orElseThrow(() -> unknown(call));
        link.send(new HangupAction(AmiText.channel("channel", channel)));
    }

    @Override
    public void transfer(CallId call, Extension to) {
        String channel = calls.ask(deriver -> deriver.channelToTransfer(call)).orElseThrow(() -> unknown(call));
        link.send(new BlindTransfer(
                AmiText.channel("channel", channel),
                AmiText.part("context", settings.dial().context()),
                AmiText.part("extension", to.number())));
    }

    @Override
    public void pause(Extension agent, boolean paused, String why) {
        String reason = AmiText.line("reason", why);
        Set<String> known = agents.interfacesOf(agent);
        String phone = settings.dial().channel().replace("{agent}", agent.number());
        for (String place : known.isEmpty() ? Set.of(phone) : known) {
            QueuePauseAction action = new QueuePauseAction(AmiText.channel("interface", place), paused);
            if (!reason.isEmpty()) {
                action.setReason(reason);
            }
            link.send(action);
        }
    }

    private static ConnectorException unknown(CallId call) {
        return new ConnectorException(Reason.NOT_FOUND, "Asterisk has no call " + call + " that this can be done to");
    }

    /** The action that asterisk-java lacks; public, because it reads actions by reflection. */
    public static final class BlindTransfer extends AbstractManagerAction {
        private static final long serialVersionUID = 1L;

        private final String channel;
        private final String context;
        private final String exten;

        BlindTransfer(String channel, String context, String exten) {
            this.channel = channel;
            this.context = context;
            this.exten = exten;
        }

        @Override
        public String getAction() {
            return "BlindTransfer";
        }

        /** {@return the agent's channel} */
        public String getChannel() {
            return channel;
        }

        /** {@return where the extension is dialled} */
        public String getContext() {
            return context;
        }

        /** {@return where the customer goes} */
        public String getExten() {
            return exten;
        }
    }
}
