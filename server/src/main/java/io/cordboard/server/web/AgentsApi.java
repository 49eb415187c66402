// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.AgentView;
import io.cordboard.Cordboard;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.javalin.http.Context;
import java.util.TreeMap;

/** Agents, their states, breaks and click-to-call. */
final class AgentsApi {
    private final Cordboard cordboard;

    AgentsApi(Cordboard cordboard) {
        this.cordboard = cordboard;
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
        cordboard.pause(
                name,
                body.path("paused").booleanValue(),
                Json.optional(body, "why").orElse(""));
        CallsApi.accepted(ctx);
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
