// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.AgentPush;
import io.cordboard.AgentView;
import io.cordboard.Cordboard;
import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentState;
import io.cordboard.agent.WorkingDay;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.TreeMap;

/** Agents, their states, breaks and click-to-call. */
final class AgentsApi {
    private static final List<AgentState> CHOICES =
            List.of(AgentState.AVAILABLE, AgentState.PAUSED, AgentState.OFFLINE);

    private final Cordboard cordboard;
    private final Clock clock;

    AgentsApi(Cordboard cordboard, Clock clock) {
        this.cordboard = cordboard;
        this.clock = clock;
    }

    void list(Context ctx) {
        ObjectNode json = Json.object();
        ArrayNode agents = json.putArray("agents");
        cordboard.agents().forEach(agent -> agents.add(of(agent, cordboard)));
        Json.answer(ctx, 200, json);
    }

    void pause(Context ctx) {
        ObjectNode body = Json.body(ctx);
        String name = known(ctx.pathParam("name"));
        if (!body.path("paused").isBoolean()) {
            throw ApiException.badRequest("\"paused\" must be true or false");
        }
        choose(ctx, name, body.path("paused").booleanValue() ? AgentState.PAUSED : AgentState.AVAILABLE, body);
    }

    void state(Context ctx) {
        ObjectNode body = Json.body(ctx);
        String name = known(ctx.pathParam("name"));
        String wanted = Json.required(body, "state");
        AgentState state = CHOICES.stream()
                .filter(choice -> choice.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ApiException.badRequest("\"state\" must be AVAILABLE, PAUSED or OFFLINE"));
        choose(ctx, name, state, body);
    }

    private void choose(Context ctx, String name, AgentState state, ObjectNode body) {
        ObjectNode json = Json.object();
        ArrayNode told = json.putArray("told");
        for (AgentPush push :
                cordboard.choose(name, state, Json.optional(body, "why").orElse(""))) {
            told.addObject()
                    .put("account", push.account())
                    .put("done", push.done())
                    .put("problem", push.problem());
        }
        Json.answer(ctx, 202, json);
    }

    /** The day is that of the agent's time zone, today unless said otherwise. */
    void day(Context ctx) {
        String name = known(ctx.pathParam("name"));
        Agent agent = cordboard.agents().stream()
                .map(AgentView::agent)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        WorkingDay day = cordboard.day(name, date(ctx, agent));
        ObjectNode json = Json.object()
                .put("agent", name)
                .put("date", day.date().toString())
                .put("timeZone", day.timeZone().getId());
        ArrayNode spans = json.putArray("spans");
        day.spans()
                .forEach(span -> spans.addObject()
                        .put("state", span.state().name())
                        .put("from", CallJson.text(span.from()))
                        .put("to", CallJson.text(span.to()))
                        .put("detail", span.detail()));
        ObjectNode totals = json.putObject("totalSeconds");
        day.totals().forEach((state, time) -> totals.put(state.name(), time.toMillis() / 1000.0));
        Json.answer(ctx, 200, json);
    }

    private LocalDate date(Context ctx, Agent agent) {
        String text = ctx.queryParam("date");
        if (text == null) {
            return LocalDate.now(clock.withZone(agent.timeZone()));
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiException.badRequest("\"date\" must be a day such as 2026-11-23");
        }
    }

    void dial(Context ctx) {
        ObjectNode body = Json.body(ctx);
        String agent = Json.required(body, "agent");
        String number = Json.required(body, "number");
        String dialId = cordboard.dial(known(agent), number);
        Json.answer(ctx, 202, Json.object().put("dialId", dialId));
    }

    private String known(String name) {
        if (cordboard.agents().stream().noneMatch(view -> view.agent().name().equals(name))) {
            throw ApiException.notFound(
                    "there is no agent of that name", "agents are named in the configuration, under agents");
        }
        return name;
    }

    static ObjectNode of(AgentView view, Cordboard cordboard) {
        ObjectNode json = Json.object();
        json.put("name", view.agent().name());
        json.put("state", view.state().name());
        json.put("since", CallJson.text(view.since()));
        json.put("detail", view.detail());
        json.put("call", CallJson.text(view.call()));
        ObjectNode extensions = json.putObject("extensions");
        new TreeMap<>(view.agent().extensions()).forEach((pbx, number) -> extensions.put(pbx, number.number()));
        ObjectNode users = json.putObject("users");
        new TreeMap<>(view.agent().users()).forEach(users::put);
        json.put("timeZone", view.agent().timeZone().getId());
        ArrayNode can = json.putArray("can");
        if (anyPbx(view, cordboard, Dialing.class)) {
            can.add("dial");
        }
        if (anyPbx(view, cordboard, Pausing.class)) {
            can.add("pause");
        }
        return json;
    }

    private static boolean anyPbx(AgentView view, Cordboard cordboard, Class<?> role) {
        return view.agent().extensions().keySet().stream()
                .flatMap(pbx -> cordboard.connector(pbx).stream())
                .anyMatch(pbx -> pbx.role(role).isPresent());
    }
}
