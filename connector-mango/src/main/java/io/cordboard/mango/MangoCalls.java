// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.Webhook;
import io.cordboard.http.Counts;
import io.cordboard.http.Form;
import io.cordboard.http.Json;
import io.cordboard.http.RecentIds;
import io.cordboard.mango.MangoNotice.Kind;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what Mango posts: verified, stored, and only then acknowledged. Safe for use by many threads.
 *
 * <p>The signature covers the whole text but not the path and no time of sending; so what is too old is refused, and
 * what comes again changes nothing.
 */
final class MangoCalls implements CallSource, Webhook {
    private static final Logger log = LoggerFactory.getLogger(MangoCalls.class);
    private static final Response DONE = Response.text(200, "");

    private final String account;
    private final MangoSettings settings;
    private final Clock clock;
    private final Counts counts;
    private final MangoSignature signature;
    private final MangoBook book;
    private final MangoCommands commands;
    private final MangoRouting routing;
    private final MangoPresence presence;
    private final RecentIds ended = new RecentIds(20_000);
    private volatile @Nullable CallSink sink;
    private volatile boolean wronglySigned;
    private volatile @Nullable Instant heard;

    MangoCalls(
            Mango.Parts parts, MangoBook book, MangoCommands commands, MangoRouting routing, MangoPresence presence) {
        this.account = parts.context().account();
        this.settings = parts.settings();
        this.clock = parts.context().clock();
        this.counts = parts.counts();
        this.signature = new MangoSignature(settings.key(), settings.salt());
        this.book = book;
        this.commands = commands;
        this.routing = routing;
        this.presence = presence;
    }

    @Override
    public void tell(CallSink listener) {
        sink = listener;
    }

    @Override
    public Response handle(Request request) {
        if (!settings.senders().allows(request.remoteAddress())) {
            return refused(403, MangoCounts.SENDER, "this sender is not allowed");
        }
        if (!request.method().equals("POST")) {
            return refused(405, MangoCounts.MALFORMED, "only POST");
        }
        String path = path(request);
        Optional<Map<String, String>> form = Form.utf8(request.body()).flatMap(Form::urlencoded);
        if (path.equals("ping") && form.filter(f -> f.containsKey("json")).isEmpty()) {
            // The cabinet's "check connection" sends nothing that could be verified, and learns nothing.
            return DONE;
        }
        if (form.isEmpty() || !form.get().containsKey("json")) {
            return refused(400, MangoCounts.MALFORMED, "the body is no form with json");
        }
        String json = form.get().getOrDefault("json", "");
        if (!signature.matches(
                form.get().getOrDefault("vpbx_api_key", ""), json, form.get().getOrDefault("sign", ""))) {
            wronglySigned = true;
            return refused(403, MangoCounts.SIGNATURE, "wrong signature");
        }
        wronglySigned = false;
        heard = clock.instant();
        return Json.parse(json)
                .filter(JsonNode::isObject)
                .map(node -> taken(path, node))
                .orElseGet(() -> refused(400, MangoCounts.MALFORMED, "json is no object"));
    }

    /** {@return whether the record of a call was taken, as far as that is remembered} */
    boolean knowsEndOf(String call) {
        return ended.contains(call);
    }

    /** {@return whether the last request was refused because of its signature} */
    boolean isWronglySigned() {
        return wronglySigned;
    }

    /** {@return when something rightly signed came last, or null} */
    @Nullable
    Instant heard() {
        return heard;
    }

    /** {@return after how long to look again} */
    Duration sweep() {
        CallSink listener = sink;
        if (listener != null) {
            int ends = book.sweep(clock.instant(), settings.summaryWait(), listener::accept);
            counts.add(MangoCounts.NO_SUMMARY, ends);
        }
        Duration half = settings.summaryWait().dividedBy(2);
        return half.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : half;
    }

    private static String path(Request request) {
        String path = request.path();
        while (path.startsWith("/")) {
            path = path.substring(1);
        }
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Response taken(String path, JsonNode json) {
        Optional<Kind> kind = Kind.read(path);
        if (kind.isPresent()) {
            return taken(new MangoNotice(kind.get(), json, settings.eventShift()));
        }
        if (path.startsWith("result/")) {
            commands.result(json);
        } else if (path.equals("events/user/status_changed")) {
            presence.changed(json);
        } else {
            // Digits, messages, speech and whatever is added one day: nothing to do with calls.
            counts.add(MangoCounts.UNKNOWN);
        }
        return DONE;
    }

    private Response taken(MangoNotice notice) {
        Optional<String> flaw = notice.flaw();
        if (flaw.isPresent()) {
            return refused(400, MangoCounts.MALFORMED, flaw.get() + " is missing or cannot be read");
        }
        Instant now = clock.instant();
        if (Duration.between(notice.at(), now).abs().compareTo(settings.replayWindow()) > 0) {
            return refused(403, MangoCounts.REPLAYED, "this is too old or too new");
        }
        CallSink listener = sink;
        if (listener == null) {
            return Response.text(503, "not ready");
        }
        // Throws when the store cannot be written; the web server must not acknowledge then.
        Optional<MangoJourney> journey = book.take(notice, now, listener::accept);
        counts.add(journey.isPresent() ? MangoCounts.TAKEN : MangoCounts.AGAIN);
        journey.ifPresent(known -> follow(notice, known));
        return DONE;
    }

    private void follow(MangoNotice notice, MangoJourney journey) {
        if (notice.kind() == Kind.SUMMARY) {
            ended.add(notice.entry());
        }
        if (notice.kind() == Kind.LEG) {
            // Mango promises no order: what a command does may be told before its result is.
            commands.seen(notice.text("command_id"));
            routing.heard(notice, journey);
        }
    }

    private Response refused(int status, String count, String why) {
        counts.add(count);
        log.debug("{}: a webhook was refused with {}: {}", account, status, why);
        return Response.text(status, why);
    }
}
