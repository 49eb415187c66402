// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.Cordboard;
import io.cordboard.NumberAnswer;
import io.cordboard.call.CallId;
import io.cordboard.call.CallState;
import io.cordboard.call.Extension;
import io.cordboard.directory.Lookup;
import io.cordboard.directory.Reading;
import io.cordboard.playbook.CallCard;
import io.cordboard.store.CallShelf;
import io.cordboard.ticket.Priority;
import io.cordboard.ticket.TicketDraft;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Calls, and what agents do with them. */
final class CallsApi {
    private static final int MOST = 1_000;
    private static final List<String> STATES = List.of("live", "ended", "settled");

    private final Cordboard cordboard;
    private final Tally tally;
    private final CallJson json;

    CallsApi(Cordboard cordboard, Tally tally) {
        this.cordboard = cordboard;
        this.json = new CallJson(cordboard);
        this.tally = tally;
    }

    void list(Context ctx) {
        Set<CallState> states =
                Params.choice(ctx, "state", STATES).map(CallsApi::states).orElse(Set.of());
        String customer = Params.text(ctx, "customer").map(this::e164).orElse(null);
        List<CallCard> cards = cordboard.calls(
                new CallShelf.Query(states, Params.instant(ctx, "since"), customer, Params.limit(ctx, 100, MOST)));
        ObjectNode answer = Json.object();
        ArrayNode calls = answer.putArray("calls");
        cards.forEach(card -> calls.add(json.brief(card)));
        Json.answer(ctx, 200, answer);
    }

    void one(Context ctx) {
        CallId id = Params.callId(ctx);
        Json.answer(ctx, 200, json.full(card(id)));
    }

    void lookup(Context ctx) {
        String number = Params.text(ctx, "number").orElseThrow(() -> ApiException.badRequest("number is required"));
        if (number.length() > 200) {
            throw ApiException.badRequest("number is longer than 200 characters");
        }
        NumberAnswer answer = cordboard.lookup(number);
        tally.lookup(answer.micros());
        boolean known = answer.lookup().source() != Lookup.Source.NONE;
        Json.answer(ctx, 200, LookupJson.of(known ? answer : cordboard.ask(number)));
    }

    void note(Context ctx) {
        CallId id = card(Params.callId(ctx)).call().id();
        ObjectNode body = Json.body(ctx);
        String text = Json.optional(body, "text").orElse("");
        Optional<String> disposition = Json.optional(body, "disposition");
        if (text.isEmpty() && disposition.isEmpty()) {
            throw ApiException.badRequest("give \"text\" or \"disposition\"");
        }
        cordboard.note(
                id, text, disposition.orElse(null), Json.optional(body, "agent").orElse(null));
        accepted(ctx);
    }

    void ticket(Context ctx) {
        CallId id = card(Params.callId(ctx)).call().id();
        ObjectNode body = Json.body(ctx);
        TicketDraft draft = new TicketDraft(
                Json.required(body, "title"),
                Json.optional(body, "text").orElse(""),
                Json.optional(body, "priority").map(CallsApi::priority).orElse(Priority.NORMAL),
                null,
                Json.optional(body, "department").orElse(null),
                Json.optional(body, "due")
                        .map(text -> Params.instant("due", text))
                        .orElse(null));
        cordboard.ticket(id, draft, Json.optional(body, "agent").orElse(null));
        accepted(ctx);
    }

    /** Hands the call's newest ticket on to a department. */
    void escalate(Context ctx) {
        CallId id = card(Params.callId(ctx)).call().id();
        ObjectNode body = Json.body(ctx);
        String account = cordboard.escalate(
                id,
                Json.required(body, "department"),
                Json.optional(body, "note").orElse(""),
                Json.optional(body, "agent").orElse(null));
        Json.answer(ctx, 202, Json.object().put("account", account));
    }

    void hangUp(Context ctx) {
        Json.body(ctx);
        cordboard.hangUp(card(Params.callId(ctx)).call().id());
        accepted(ctx);
    }

    void transfer(Context ctx) {
        String to = Json.required(Json.body(ctx), "to");
        try {
            cordboard.transfer(card(Params.callId(ctx)).call().id(), new Extension(to));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("\"to\" must be an extension such as 102");
        }
        accepted(ctx);
    }

    static void accepted(Context ctx) {
        Json.answer(ctx, 202, Json.object());
    }

    private CallCard card(CallId id) {
        return cordboard
                .call(id)
                .orElseThrow(() ->
                        ApiException.notFound("there is no call " + id, "/api/calls lists the calls that are there"));
    }

    private String e164(String text) {
        if (cordboard.lookup(text).reading() instanceof Reading.Phone phone) {
            return phone.number().e164();
        }
        throw ApiException.badRequest("customer must be a telephone number");
    }

    private static Set<CallState> states(String word) {
        return switch (word) {
            case "ended" -> Set.of(CallState.ENDED);
            case "settled" -> Set.of(CallState.SETTLED);
            default -> {
                Set<CallState> live = EnumSet.allOf(CallState.class);
                live.removeIf(state -> !state.isLive());
                yield live;
            }
        };
    }

    private static Priority priority(String text) {
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("\"priority\" must be one of LOW, NORMAL, HIGH"));
    }
}
