// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Call;
import io.cordboard.call.CallId;
import io.cordboard.call.Direction;
import io.cordboard.call.EndReason;
import io.cordboard.call.PhoneNumber;
import io.cordboard.call.Recording;
import io.cordboard.contact.Contact;
import io.cordboard.contact.ContactRef;
import io.cordboard.contact.Match;
import io.cordboard.crm.CrmWrite;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a settled call leaves behind: a pure function of the call, its matches and the rules. Immutable. */
public final class Playbook {
    private final AgentRoster roster;
    private final Rules rules;

    /**
     * Creates a playbook.
     *
     * @param roster everybody who answers calls
     * @param rules what the business chose
     */
    public Playbook(AgentRoster roster, Rules rules) {
        this.roster = roster;
        this.rules = rules;
    }

    /**
     * {@return what a settled call leaves behind in one CRM account; nothing for a part of another call}
     *
     * @param card the call, its matches and who is responsible
     * @param target the account
     */
    public List<Planned> plan(CallCard card, Target target) {
        Call call = card.call();
        if (call.absorbedInto() != null || (call.direction() == Direction.INTERNAL && !rules.logInternal())) {
            return List.of();
        }
        List<Planned> plan = new ArrayList<>();
        customer(card, target).ifPresent(plan::add);
        if (target.takes(CrmWrite.LogCall.class)) {
            plan.add(new Planned(
                    logKey(call.id(), 0),
                    lane(call.id()),
                    null,
                    log(card, target, 0),
                    "every customer call has one record"));
        }
        ticket(card, target).ifPresent(plan::add);
        plan.addAll(recordings(call, target));
        return plan;
    }

    /**
     * {@return the recordings of a call that go to one CRM account}
     *
     * @param call the call
     * @param target the account
     */
    public List<Planned> recordings(Call call, Target target) {
        boolean wanted = rules.recordings()
                && target.takes(CrmWrite.AttachRecording.class)
                && call.absorbedInto() == null
                && (call.direction() != Direction.INTERNAL || rules.logInternal())
                && call.isAnswered();
        Optional<Recording> recording = call.recording().filter(r -> wanted);
        return recording
                .map(r -> List.of(new Planned(
                        call.id() + "/recording",
                        call.id() + "/recording",
                        logKey(call.id(), 0),
                        new CrmWrite.AttachRecording(call.id(), r),
                        "the call was recorded")))
                .orElseGet(List::of);
    }

    /**
     * {@return the idempotency key of a call's record}
     *
     * @param call the call
     * @param revision 0 for the first record, more for its corrections
     */
    public static String logKey(CallId call, int revision) {
        return call + "/log" + (revision == 0 ? "" : "/" + revision);
    }

    /**
     * {@return the lane of a call's writes}
     *
     * @param call the call
     */
    public static String lane(CallId call) {
        return call.toString();
    }

    /**
     * {@return the record of a call for one CRM account}
     *
     * @param card the call, its matches and who is responsible
     * @param target the account
     * @param revision 0 for the first record, more for its corrections
     */
    public CrmWrite.LogCall log(CallCard card, Target target, int revision) {
        Call call = card.call();
        String account = target.account();
        EndReason end = call.end() == null ? EndReason.UNKNOWN : call.end();
        return new CrmWrite.LogCall(
                call.id(),
                call.direction(),
                call.customer().number(),
                call.customer().raw(),
                call.line(),
                user(card, account),
                call.isAnswered(),
                end,
                call.startedAt(),
                call.times().connected(),
                best(card, account).map(Contact::ref).orElse(null),
                card.dialRefs().get(account),
                revision);
    }

    private Optional<Planned> customer(CallCard card, Target target) {
        Call call = card.call();
        PhoneNumber number = call.customer().number();
        boolean wanted = rules.unknownCaller() != Rules.UnknownCaller.NONE
                && target.takes(CrmWrite.CreateCustomer.class)
                && call.direction() == Direction.INBOUND
                && best(card, target.account()).isEmpty();
        if (!wanted || number == null) {
            return Optional.empty();
        }
        ContactRef.Type type =
                rules.unknownCaller() == Rules.UnknownCaller.LEAD ? ContactRef.Type.LEAD : ContactRef.Type.CONTACT;
        return Optional.of(new Planned(
                call.id() + "/customer",
                lane(call.id()),
                null,
                new CrmWrite.CreateCustomer(
                        call.id(),
                        type,
                        number.e164(),
                        number.main(),
                        user(card, target.account()),
                        call.line(),
                        call.startedAt(),
                        call.times().connected()),
                "no CRM account knows the caller, and the rule unknownCaller is " + rules.unknownCaller()));
    }

    private Optional<Planned> ticket(CallCard card, Target target) {
        Call call = card.call();
        PhoneNumber number = call.customer().number();
        Optional<Contact> contact = best(card, target.account());
        boolean missed = call.direction() == Direction.INBOUND && !call.isAnswered();
        boolean wanted = switch (rules.missedTicket()) {
            case NEVER -> false;
            case KNOWN -> contact.isPresent();
            case ALWAYS -> true;
        };
        if (!missed || !wanted || number == null || !target.takes(CrmWrite.OpenTicket.class)) {
            return Optional.empty();
        }
        Instant ended = call.endedAt() == null ? call.startedAt() : call.endedAt();
        TicketDraft draft = new TicketDraft(
                "Call back " + contact.map(Contact::name).orElse(number.e164()),
                "Missed call on " + (call.line() == null ? "an unknown line" : call.line()) + ", " + call.end() + ".",
                Priority.NORMAL,
                user(card, target.account()),
                null,
                ended.plusSeconds(3_600));
        return Optional.of(new Planned(
                call.id() + "/ticket",
                lane(call.id()),
                null,
                new CrmWrite.OpenTicket(
                        call.id(), draft, contact.map(Contact::ref).orElse(null), number),
                "the call was missed, and the rule missedTicket is " + rules.missedTicket()));
    }

    private static Optional<Contact> best(CallCard card, String account) {
        return card.matches().stream()
                .map(Match::contact)
                .filter(contact -> contact.ref().account().equals(account))
                .findFirst();
    }

    private @Nullable String user(CallCard card, String account) {
        return Optional.ofNullable(card.responsible().get(account))
                .flatMap(responsible -> roster.byName(responsible.agent()))
                .flatMap((Agent agent) -> agent.user(account))
                .orElse(null);
    }
}
