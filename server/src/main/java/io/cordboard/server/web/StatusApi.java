// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.Cordboard;
import io.cordboard.connector.Health;
import io.cordboard.crm.Escalations;
import io.cordboard.crm.TicketDesk;
import io.cordboard.delivery.Delivery;
import io.cordboard.directory.SyncReport;
import io.cordboard.pbx.CallControl;
import io.cordboard.pbx.Dialing;
import io.cordboard.pbx.Pausing;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How the server and its accounts are. */
final class StatusApi {
    private final Cordboard cordboard;
    private final Tally tally;
    private final About about;
    private final Watch watch;

    /** Whom to tell how much, and how the store is. */
    record Watch(Gate gate, StoreProbe store) {}

    StatusApi(Cordboard cordboard, Tally tally, About about, Watch watch) {
        this.watch = watch;
        this.cordboard = cordboard;
        this.tally = tally;
        this.about = about;
    }

    void health(Context ctx) {
        ObjectNode json = Json.object();
        boolean writable = watch.store().writable();
        // Why an account does not work may tell a stranger more than is good.
        boolean details = watch.gate().mayKnow(ctx);
        json.put("status", writable ? "up" : "down");
        if (!writable) {
            json.put("detail", "the store cannot be written");
        }
        ObjectNode accounts = json.putObject("accounts");
        new TreeMap<>(cordboard.health())
                .forEach((account, health) -> accounts.putObject(account)
                        .put("status", health.status().name().toLowerCase(Locale.ROOT))
                        .put("detail", details ? health.detail() : ""));
        Json.answer(ctx, writable ? 200 : 503, json);
    }

    void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(tally.text(cordboard, about.accounts()));
    }

    /** What the desk and the command line want to know about the server itself. */
    void status(Context ctx) {
        ObjectNode json = Json.object();
        json.put("version", about.version());
        json.put("store", about.store());
        json.put("auth", watch.gate().asksForToken());
        about.desk().dispositions().forEach(json.putArray("dispositions")::add);
        departments().forEach(json.putArray("departments")::add);
        ArrayNode accounts = json.putArray("accounts");
        Map<String, Health> health = cordboard.health();
        for (About.Account one : about.accounts()) {
            Health state = health.getOrDefault(one.id(), Health.down("not running"));
            ObjectNode account = accounts.addObject()
                    .put("id", one.id())
                    .put("vendor", one.vendor())
                    .put("kind", one.kind())
                    .put("status", state.status().name().toLowerCase(Locale.ROOT))
                    .put("detail", state.detail())
                    .put("pending", cordboard.outbox().count(one.id(), Delivery.State.PENDING))
                    .put("parked", cordboard.outbox().count(one.id(), Delivery.State.PARKED));
            can(account.putArray("can"), one.id());
        }
        Json.answer(ctx, 200, json);
    }

    /** Departments that a CRM knows by name need not be listed again. */
    private Set<String> departments() {
        Set<String> names = new LinkedHashSet<>(about.desk().departments());
        about.accounts().stream()
                .flatMap(account -> cordboard.connector(account.id()).stream())
                .flatMap(connector -> connector.role(TicketDesk.class).stream())
                .forEach(desk -> names.addAll(desk.departments()));
        return names;
    }

    /** What the desk may offer: the roles that the account's connector plays. */
    private void can(ArrayNode can, String account) {
        cordboard.connector(account).ifPresent(connector -> {
            connector.role(Dialing.class).ifPresent(role -> can.add("dial"));
            connector.role(Pausing.class).ifPresent(role -> can.add("pause"));
            connector
                    .role(CallControl.class)
                    .ifPresent(role -> can.add("hangup").add("transfer"));
            connector.role(Escalations.class).ifPresent(role -> can.add("escalate"));
        });
    }

    /** Asks every vendor whether all is well; takes seconds. */
    void check(Context ctx) {
        ObjectNode json = Json.object();
        ArrayNode findings = json.putArray("findings");
        boolean onlyHooks = Params.choice(ctx, "only", List.of("hooks")).isPresent();
        about.accounts().stream()
                .filter(account -> !onlyHooks)
                .flatMap(account -> cordboard.connector(account.id()).stream())
                .forEach(connector -> connector
                        .check()
                        .forEach(finding -> findings.addObject()
                                .put("account", connector.account())
                                .put("grade", finding.grade().name())
                                .put("what", finding.what())
                                .put("where", finding.where())
                                .put("advice", finding.advice())));
        ObjectNode hooks = json.putObject("hooks");
        about.hookUrls().get().forEach((account, url) -> hooks.put(account, url.toString()));
        Json.answer(ctx, 200, json);
    }

    void sync(Context ctx) {
        String account = ctx.pathParam("account");
        if (about.accounts().stream()
                .noneMatch(a -> a.id().equals(account) && a.kind().equals("crm"))) {
            throw ApiException.notFound("there is no CRM of that id", "CRMs are named in the configuration, under crm");
        }
        SyncReport report = cordboard.sync(account, (read, total) -> {});
        Json.answer(
                ctx,
                200,
                Json.object()
                        .put("account", report.account())
                        .put("contacts", report.contacts())
                        .put("numbers", report.numbers())
                        .put("removed", report.removed())
                        .put("millis", report.took().toMillis())
                        .put("warning", report.warning()));
    }
}
