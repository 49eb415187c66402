// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is told what happens in the account. */
final class HookApi {
    private static final int MOST = 100;
    private static final Shape HOOK = Shape.of("destination", Shape.LABEL, "settings", Shape.ANY, "sort", Shape.INT)
            .requiring("destination", "settings");
    private static final Shape END = Shape.of("destination", Shape.LABEL).requiring("destination");

    private final Account account;

    HookApi(Account account) {
        this.account = account;
    }

    SandboxReply list(Ask ask) {
        List<String> wanted = ask.filter("destination");
        List<Map<String, Object>> views = account.hooks().all().stream()
                .filter(hook -> wanted.isEmpty() || wanted.contains(hook.destination()))
                .map(Subscription::view)
                .toList();
        if (views.isEmpty()) {
            return Hal.nothing();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_total_items", views.size());
        body.put("_embedded", Map.of("webhooks", views));
        return Hal.ok(body);
    }

    SandboxReply add(Ask ask) {
        Body.Item item = Body.one(ask.http(), HOOK.then(HookApi::contradictions));
        if (account.hooks().all().size() >= MOST) {
            throw AmoError.of(400, "No more than " + MOST + " webhooks");
        }
        List<String> settings = new ArrayList<>();
        ((List<?>) item.members().getOrDefault("settings", List.of())).forEach(one -> settings.add(one.toString()));
        Subscription hook = account.hooks().subscribe(item.text("destination"), settings, item.number("sort", 1));
        return Hal.of(account.does("created201") ? 201 : 200, hook.view());
    }

    private static List<Map<String, Object>> contradictions(Body.Item item) {
        List<Map<String, Object>> wrong = new ArrayList<>();
        if (!(item.members().get("settings") instanceof List<?> settings)) {
            return List.of(Shape.problem("InvalidType", "settings"));
        }
        for (int i = 0; i < settings.size(); i++) {
            if (!Subscription.SETTINGS.contains(String.valueOf(settings.get(i)))) {
                wrong.add(Shape.problem("NotSupportedChoice", "settings." + i));
            }
        }
        try {
            if (!String.valueOf(URI.create(item.text("destination")).getScheme())
                    .startsWith("http")) {
                wrong.add(Shape.problem("InvalidUrl", "destination"));
            }
        } catch (IllegalArgumentException e) {
            wrong.add(Shape.problem("InvalidUrl", "destination"));
        }
        return wrong;
    }

    SandboxReply remove(Ask ask) {
        if (!account.hooks().unsubscribe(Body.one(ask.http(), END).text("destination"))) {
            throw AmoError.of(404, "Webhook not found");
        }
        return Hal.nothing();
    }
}
