// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.connector.Connector;
import io.cordboard.connector.Finding;
import io.cordboard.delivery.Delivery;
import io.cordboard.directory.SyncReport;
import io.cordboard.store.StoreException;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the server and its accounts are. */
final class StatusApi {
    private static final Logger LOG = LoggerFactory.getLogger(StatusApi.class);

    private final Board board;
    private final Tally tally;
    private final About about;

    StatusApi(Board board, Tally tally, About about) {
        this.board = board;
        this.tally = tally;
        this.about = about;
    }

    void health(Context ctx) {
        ObjectNode json = Json.object();
        boolean writable = writable();
        json.put("status", writable ? "up" : "down");
        if (!writable) {
            json.put("detail", "the store cannot be written");
        }
        ObjectNode accounts = json.putObject("accounts");
        new TreeMap<>(board.health())
                .forEach((account, health) -> accounts.putObject(account)
                        .put("status", health.status().name().toLowerCase(Locale.ROOT))
                        .put("detail", health.detail()));
        Json.answer(ctx, writable ? 200 : 503, json);
    }

    void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(tally.text(board));
    }

    /** What the desk and the command line want to know about the server itself. */
    void status(Context ctx) {
        ObjectNode json = Json.object();
        json.put("version", about.version());
        json.put("store", about.store());
        ArrayNode accounts = json.putArray("accounts");
        var health = board.health();
        for (Connector connector : board.connectors()) {
            ObjectNode account = accounts.addObject();
            account.put("id", connector.account());
            account.put("vendor", connector.vendor());
            account.put("kind", about.kinds().getOrDefault(connector.account(), ""));
            var state = health.get(connector.account());
            account.put("status", state == null ? "down" : state.status().name().toLowerCase(Locale.ROOT));
            account.put("detail", state == null ? "" : state.detail());
            account.put("pending", board.outbox().count(connector.account(), Delivery.State.PENDING));
            account.put("parked", board.outbox().count(connector.account(), Delivery.State.PARKED));
        }
        Json.answer(ctx, 200, json);
    }

    /** Asks every vendor whether all is well; takes seconds. */
    void check(Context ctx) {
        ObjectNode json = Json.object();
        ArrayNode findings = json.putArray("findings");
        for (Connector connector : board.connectors()) {
            List<Finding> found = connector.check();
            found.forEach(finding -> findings.addObject()
                    .put("account", connector.account())
                    .put("grade", finding.grade().name())
                    .put("what", finding.what())
                    .put("where", finding.where())
                    .put("advice", finding.advice()));
        }
        Json.answer(ctx, 200, json);
    }

    void sync(Context ctx) {
        String account = ctx.pathParam("account");
        if (!"crm".equals(about.kinds().get(account))) {
            throw ApiException.notFound("there is no CRM of that id in the configuration");
        }
        SyncReport report = board.sync(account, done -> {});
        Json.answer(
                ctx,
                200,
                Json.object()
                        .put("account", report.account())
                        .put("contacts", report.contacts())
                        .put("numbers", report.numbers())
                        .put("removed", report.removed())
                        .put("millis", report.took().toMillis()));
    }

    private boolean writable() {
        try {
            board.verifyStore();
            return true;
        } catch (StoreException e) {
            LOG.error("The store cannot be written: {}", e.getMessage());
            return false;
        }
    }
}
