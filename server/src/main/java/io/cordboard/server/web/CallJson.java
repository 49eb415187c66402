// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.Cordboard;
import io.cordboard.call.Call;
import io.cordboard.call.CallEvent;
import io.cordboard.call.PhoneNumber;
import io.cordboard.call.Why;
import io.cordboard.contact.Contact;
import io.cordboard.contact.Match;
import io.cordboard.crm.CrmWrite;
import io.cordboard.delivery.Delivery;
import io.cordboard.pbx.CallControl;
import io.cordboard.playbook.CallCard;
import io.cordboard.playbook.Responsible;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Calls as the API writes them. */
final class CallJson {
    private final Cordboard cordboard;
    private final NotesJson notes;

    CallJson(Cordboard cordboard) {
        this.cordboard = cordboard;
        this.notes = new NotesJson(cordboard);
    }

    /** {@return a call as lists and event streams show it} */
    ObjectNode brief(CallCard card) {
        return brief(card, cordboard.outbox().of(card.call().id()));
    }

    private ObjectNode brief(CallCard card, List<Delivery> deliveries) {
        Call call = card.call();
        ObjectNode json = Json.object();
        json.put("id", call.id().toString());
        json.put("pbx", call.id().pbx());
        json.put("direction", call.direction().name());
        json.put("state", call.state().name());
        json.put("customer", call.customer().phone().map(PhoneNumber::e164).orElse(null));
        json.put("customerRaw", call.customer().raw());
        json.put("line", call.line());
        json.put("queue", call.queue());
        texts(json.putArray("rang"), call.rang());
        texts(json.putArray("answeredBy"), call.answeredBy());
        texts(json.putArray("consulted"), call.consulted());
        json.put("agent", text(call.agent()));
        json.put("end", text(call.end()));
        json.put("endedBy", text(call.endedBy()));
        json.put("endCode", call.endCode());
        json.put("failedLeg", text(call.failedParty()));
        json.put("startedAt", text(call.startedAt()));
        json.put("answeredAt", text(call.answeredAt()));
        json.put("endedAt", text(call.endedAt()));
        times(json, call.times());
        transfers(json.putArray("transfers"), call);
        ObjectNode recording = json.putObject("recording");
        recording.put("available", call.recording().isPresent());
        recording.put("name", call.recording().map(r -> r.name()).orElse(null));
        json.put("dialId", call.dialId());
        json.put("revision", call.revision());
        known(json, card);
        crm(json.putObject("crm"), deliveries);
        notes.add(json.putArray("notes"), deliveries);
        if (call.state().isLive()) {
            legs(json.putArray("legs"), call);
            can(json.putArray("can"), call);
        }
        return json;
    }

    private static void legs(ArrayNode legs, Call call) {
        call.legs().forEach(leg -> legs.add(Json.MAPPER.<JsonNode>valueToTree(leg)));
    }

    private void can(ArrayNode can, Call call) {
        cordboard
                .connector(call.id().pbx())
                .flatMap(pbx -> pbx.role(CallControl.class))
                .ifPresent(role -> can.add("hangup").add("transfer"));
    }

    /** {@return a call with the decisions, their reasons and everything the PBX said} */
    ObjectNode full(CallCard card) {
        List<Delivery> all = cordboard.outbox().of(card.call().id());
        ObjectNode json = brief(card, all);
        ArrayNode why = json.putArray("why");
        reasons(why, card.call().why());
        reasons(why, card.why());
        ArrayNode corrections = json.putArray("corrections");
        card.call().corrections().forEach(correction -> corrections.add(Json.MAPPER.<JsonNode>valueToTree(correction)));
        legs(json.putArray("legs"), card.call());
        ArrayNode events = json.putArray("events");
        card.call().events().forEach(event -> events.add(event(event)));
        ArrayNode deliveries = json.putArray("deliveries");
        all.forEach(delivery -> deliveries.add(DeliveryJson.of(delivery, cordboard)));
        return json;
    }

    private static ObjectNode event(CallEvent event) {
        ObjectNode json = Json.object().put("type", event.getClass().getSimpleName());
        ObjectNode fields = Json.MAPPER.valueToTree(event);
        fields.remove("call");
        return json.setAll(fields);
    }

    private static void times(ObjectNode json, Call.Times times) {
        json.put("waitSeconds", seconds(times.waiting()));
        json.put("connectedSeconds", seconds(times.connected()));
        json.put("holdSeconds", seconds(times.held()));
        json.put("talkSeconds", seconds(times.talking()));
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
        return duration == null
                ? null
                : BigDecimal.valueOf(duration.toMillis(), 3).setScale(1, RoundingMode.HALF_UP);
    }

    private static void transfers(ArrayNode array, Call call) {
        call.transfers()
                .forEach(transfer -> array.addObject()
                        .put("kind", transfer.kind().name())
                        .put("from", transfer.from().toString())
                        .put("to", transfer.to())
                        .put("answered", transfer.answered()));
    }

    private static void known(ObjectNode json, CallCard card) {
        List<Match> matches = card.matches();
        json.set("contact", matches.isEmpty() ? null : contact(matches.get(0).contact()));
        json.put("matches", matches.size());
        matches(json.putArray("matchList"), matches);
        Responsible responsible = card.anyResponsible();
        json.set("responsible", responsible == null ? null : responsible(responsible));
        ObjectNode each = json.putObject("responsibles");
        new TreeMap<>(card.responsible()).forEach((crm, who) -> each.set(crm, responsible(who)));
    }

    static void matches(ArrayNode array, List<Match> matches) {
        matches.forEach(match -> array.add(contact(match.contact()).put("because", match.because())));
    }

    static ObjectNode contact(Contact contact) {
        ObjectNode json = Json.object()
                .put("account", contact.ref().account())
                .put("type", contact.ref().type().name())
                .put("id", contact.ref().id())
                .put("name", contact.name())
                .put("url", text(contact.url()))
                .put("owner", contact.owner())
                .put("company", contact.company());
        texts(json.putArray("phones"), contact.phones());
        return json;
    }

    private static ObjectNode responsible(Responsible responsible) {
        return Json.object()
                .put("agent", responsible.agent())
                .put("why", responsible.why().name());
    }

    /** The record of the call itself in each CRM; notes, tickets and recordings are deliveries of their own. */
    private void crm(ObjectNode json, List<Delivery> deliveries) {
        Map<String, Delivery> newest = new TreeMap<>();
        Map<String, Delivery> written = new TreeMap<>();
        for (Delivery delivery : deliveries) {
            if (delivery.write() instanceof CrmWrite.LogCall) {
                newest.put(delivery.account(), delivery);
                if (delivery.ref() != null) {
                    written.put(delivery.account(), delivery);
                }
            }
        }
        newest.forEach((account, delivery) -> {
            Delivery there = written.get(account);
            json.putObject(account)
                    .put("state", delivery.state().name())
                    .put("ref", there == null ? null : there.ref())
                    .put("url", there == null ? null : DeliveryJson.url(there, cordboard))
                    .put("reason", delivery.reason());
        });
    }

    private static void reasons(ArrayNode array, List<Why> whys) {
        whys.forEach(why -> array.addObject().put("what", why.what()).put("because", why.because()));
    }

    private static void texts(ArrayNode array, Collection<?> items) {
        items.forEach(item -> array.add(item.toString()));
    }

    static @Nullable String text(@Nullable Object value) {
        return value instanceof Instant instant ? instant.toString() : value == null ? null : value.toString();
    }
}
