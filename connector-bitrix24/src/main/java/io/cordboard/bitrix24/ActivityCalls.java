// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.CallId;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.Outcome;
import io.cordboard.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records of calls where the portal refuses telephony to a webhook: an activity, marked with the call's id so that it
 * can be asked for again.
 */
final class ActivityCalls {
    private static final String CALL_TYPE = "2";

    private final CallParts parts;
    private final Bitrix24Customers customers;
    private final String originator;
    private final boolean createLead;

    ActivityCalls(CallParts parts, Bitrix24Customers customers, Bitrix24Settings settings) {
        this.parts = parts;
        this.customers = customers;
        this.originator = settings.customers().originator();
        this.createLead = settings.calls().withoutCustomer().equals("lead");
    }

    /** {@return whose call it is, as far as it is known without asking} */
    Optional<Owner> ownerOf(CrmWrite.LogCall call) {
        return Owner.of(call.contact(), parts.account())
                .or(() -> parts.journal().customer(call.call()));
    }

    void log(List<CallWork> works) {
        findEarlier(works.stream()
                .filter(work -> work.mayBeDone() || parts.journal().tried(work.key()))
                .toList());
        Map<CallWork, Owner> owners = owners(open(works));
        List<CallWork> ready = List.copyOf(owners.keySet());
        if (ready.isEmpty()) {
            return;
        }
        parts.journal().trying(ready.stream().map(CallWork::key).toList());
        List<Command> commands = new ArrayList<>();
        owners.forEach((work, owner) -> commands.add(add(work, owner)));
        List<Reply> replies = parts.api().batch(Traffic.WRITE, commands);
        Map<CallId, Journal.Trace> known = new HashMap<>();
        for (int i = 0; i < ready.size(); i++) {
            CallWork work = ready.get(i);
            Fault fault = replies.get(i).fault();
            if (fault != null) {
                work.end(fault.asOutcome());
            } else {
                written(work, replies.get(i).result().asText(), Optional.ofNullable(owners.get(work)), known);
            }
        }
        parts.journal().putAll(known);
    }

    private void findEarlier(List<CallWork> works) {
        if (works.isEmpty()) {
            return;
        }
        List<Reply> replies = parts.api()
                .batch(Traffic.WRITE, works.stream().map(this::lookup).toList());
        Map<CallId, Journal.Trace> known = new HashMap<>();
        for (int i = 0; i < works.size(); i++) {
            Fault fault = replies.get(i).fault();
            String id = Json.text(replies.get(i).result().path(0), "ID");
            if (fault != null) {
                works.get(i).end(fault.asRepeatable());
            } else if (!id.isEmpty()) {
                written(works.get(i), id, ownerOf(works.get(i).write()), known);
            }
        }
        parts.journal().putAll(known);
    }

    private Map<CallWork, Owner> owners(List<CallWork> works) {
        Map<CallWork, Owner> owners = new LinkedHashMap<>();
        List<CallWork> without = new ArrayList<>();
        for (CallWork work : works) {
            ownerOf(work.write()).ifPresentOrElse(owner -> owners.put(work, owner), () -> without.add(work));
        }
        if (!createLead) {
            without.forEach(work -> work.end(new Outcome.Refused(
                    "Bitrix24 keeps an activity only with a lead, contact or company; set \"withoutCustomer: lead\"")));
            return owners;
        }
        List<Outcome> made = customers.make(without.stream()
                .map(work -> new Bitrix24Customers.Wanted(
                        work.call(),
                        ContactRef.Type.LEAD,
                        Corrections.subject(work.write()),
                        work.write().customer(),
                        work.user(),
                        "owner:" + work.call()))
                .toList());
        for (int i = 0; i < without.size(); i++) {
            CallWork work = without.get(i);
            Outcome outcome = made.get(i);
            ownerOf(work.write()).ifPresentOrElse(owner -> owners.put(work, owner), () -> work.end(outcome));
        }
        return owners;
    }

    private Command add(CallWork work, Owner owner) {
        CrmWrite.LogCall call = work.write();
        Map<String, Object> fields = Corrections.fields(call, work.user());
        fields.put("OWNER_TYPE_ID", owner.entityTypeId());
        fields.put("OWNER_ID", owner.id());
        fields.put("TYPE_ID", CALL_TYPE);
        fields.put("DIRECTION", StatusCodes.type(call.direction()) == 2 ? 1 : 2);
        fields.put(
                "COMMUNICATIONS",
                List.of(Map.of(
                        "VALUE", parts.telephony().number(call.customer(), call.customerRaw()),
                        "ENTITY_ID", owner.id(),
                        "ENTITY_TYPE_ID", owner.entityTypeId())));
        fields.put("ORIGINATOR_ID", originator);
        fields.put("ORIGIN_ID", call.call().toString());
        return new Command("crm.activity.add", Map.of("fields", fields));
    }

    private Command lookup(CallWork work) {
        return new Command(
                "crm.activity.list",
                Map.of(
                        "filter",
                        Map.of(
                                "ORIGINATOR_ID",
                                originator,
                                "ORIGIN_ID",
                                work.call().toString()),
                        "select",
                        List.of("ID")));
    }

    private static void written(
            CallWork work, String activity, Optional<Owner> owner, Map<CallId, Journal.Trace> known) {
        known.put(work.call(), new Journal.Trace("", work.user(), true, activity, owner));
        work.end(new Outcome.Done(activity));
    }

    private static List<CallWork> open(List<CallWork> works) {
        return works.stream().filter(CallWork::isOpen).toList();
    }
}
