// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.call.CallEvent;
import io.cordboard.connector.Webhook;
import io.cordboard.http.Counts;
import io.cordboard.http.Form;
import io.cordboard.http.RecentIds;
import io.cordboard.pbx.CallSink;
import io.cordboard.pbx.CallSource;
import io.cordboard.pbx.Router;
import io.cordboard.pbx.Routing;
import io.cordboard.zadarma.ZadarmaMessages.Kind;
import io.cordboard.zadarma.ZadarmaMessages.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the webhooks: verified, stored, and only then answered. Safe for use by many threads.
 *
 * <p>Of the vendor's fields only a few are signed, none of them a time of sending. So a signed request could be sent
 * again: within a day that changes nothing, because the same webhook says the same thing, and later it is refused.
 */
final class ZadarmaCalls implements CallSource, Routing, Webhook {
    private static final Logger log = LoggerFactory.getLogger(ZadarmaCalls.class);
    // Anything longer or stranger is not repeated to whoever asks.
    private static final Pattern ECHO = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern TARGET = Pattern.compile("[1-9][0-9]{2,3}");
    private static final int NAME_LENGTH = 64;
    private static final Response DONE = Response.text(200, "");

    private final String account;
    private final ZadarmaSettings settings;
    private final Clock clock;
    private final ZadarmaSignature signature;
    private final ZadarmaEvents events;
    private final ZadarmaTime time;
    private final Counts counts;
    private final RecentIds ended = new RecentIds(20_000);
    private volatile @Nullable CallSink sink;
    private volatile boolean wronglySigned;
    private volatile Router router = question -> Router.Route.DEFAULT;

    ZadarmaCalls(Zadarma.Parts parts, ZadarmaEvents events) {
        this.account = parts.context().account();
        this.settings = parts.settings();
        this.clock = parts.context().clock();
        this.signature = new ZadarmaSignature(settings.secret());
        this.events = events;
        this.time = parts.time();
        this.counts = parts.counts();
    }

    @Override
    public void tell(CallSink listener) {
        sink = listener;
    }

    @Override
    public void routeBy(Router decider) {
        router = decider;
    }

    @Override
    public Response handle(Request request) {
        if (!settings.senders().allows(request.remoteAddress())) {
            return refused(403, ZadarmaCounts.SENDER, "this sender is not allowed");
        }
        if (!request.method().equals("POST")) {
            return echo(request);
        }
        Optional<Map<String, String>> form = ZadarmaForm.read(request);
        if (form.isEmpty()) {
            return refused(400, ZadarmaCounts.MALFORMED, "the body is no form");
        }
        String event = form.get().getOrDefault("event", "");
        if (event.isBlank()) {
            return refused(400, ZadarmaCounts.MALFORMED, "there is no event");
        }
        Optional<Kind> kind = Kind.read(event);
        if (kind.isEmpty()) {
            // New events appear without notice. Nothing is done for them, so nothing has to be verified.
            counts.add(ZadarmaCounts.UNKNOWN);
            log.debug("{}: an event that is not known was left alone", account);
            return DONE;
        }
        Notice notice = new Notice(kind.get(), form.get());
        return verified(request, notice).orElseGet(() -> taken(notice));
    }

    /** {@return whether the end of a call was taken from a webhook, as far as that is remembered} */
    boolean knowsEndOf(String call) {
        return ended.contains(call);
    }

    /** {@return whether the last webhook was refused because of its signature} */
    boolean isWronglySigned() {
        return wronglySigned;
    }

    private Response echo(Request request) {
        String token = Form.urlencoded(request.query())
                .map(fields -> fields.getOrDefault("zd_echo", ""))
                .orElse("");
        if (token.isEmpty()) {
            return refused(405, ZadarmaCounts.MALFORMED, "only POST");
        }
        return ECHO.matcher(token).matches()
                ? Response.text(200, token)
                : refused(400, ZadarmaCounts.MALFORMED, "not a token of Zadarma");
    }

    private Optional<Response> verified(Request request, Notice notice) {
        String given = request.header("signature").orElse("");
        if (settings.verifySignature() && !signature.matches(notice.signed(), given)) {
            wronglySigned = true;
            return Optional.of(refused(403, ZadarmaCounts.SIGNATURE, "wrong signature"));
        }
        Optional<String> flaw = notice.flaw();
        if (flaw.isPresent()) {
            return Optional.of(refused(400, ZadarmaCounts.MALFORMED, flaw.get() + " is missing or cannot be read"));
        }
        return isReplayed(notice)
                ? Optional.of(refused(403, ZadarmaCounts.REPLAYED, "this is too old or too new"))
                : Optional.empty();
    }

    private boolean isReplayed(Notice notice) {
        if (notice.kind() == Kind.RECORD) {
            return false;
        }
        Instant start = time.instant(notice.field("call_start"))
                .orElseGet(() -> ZadarmaTime.read(notice.field("call_start"))
                        .orElseThrow()
                        .toInstant(ZoneOffset.UTC));
        Duration away = Duration.between(start, clock.instant()).abs();
        return away.compareTo(settings.replayWindow().plusSeconds(time.slackSeconds())) > 0;
    }

    private Response taken(Notice notice) {
        CallSink listener = sink;
        if (listener == null) {
            return Response.text(503, "not ready");
        }
        long began = System.nanoTime();
        List<CallEvent> said = events.of(notice, clock.instant());
        if (!said.isEmpty()) {
            // Throws when the store cannot be written; the web server must not acknowledge then.
            listener.accept(said);
        }
        if (notice.kind() == Kind.END || notice.kind() == Kind.OUT_END) {
            ended.add(notice.field("pbx_call_id"));
        }
        counts.add(ZadarmaCounts.TAKEN);
        wronglySigned = false;
        return switch (notice.kind()) {
            case START -> routed(notice, began);
            case IVR -> Response.json("{}");
            default -> DONE;
        };
    }

    private Response routed(Notice notice, long began) {
        String line = notice.field("called_did").strip();
        Router.Route route = router.route(
                new Router.Question(account, events.number(notice.field("caller_id")), line.isEmpty() ? null : line));
        String answer = answer(route);
        counts.add(ZadarmaCounts.ROUTED);
        if (Duration.ofNanos(System.nanoTime() - began).compareTo(settings.routeBudget()) > 0) {
            counts.add(ZadarmaCounts.SLOW);
            log.debug("{}: the answer to a call took longer than {}", account, settings.routeBudget());
        }
        return Response.json(answer);
    }

    private String answer(Router.Route route) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        // A word such as "blacklist", or a menu's number, would mean something else to Zadarma.
        route.target()
                .filter(to -> TARGET.matcher(to.number()).matches())
                .ifPresent(to -> answer.put("redirect", to.number())
                        .put("return_timeout", settings.returnTimeout().toSeconds()));
        String name = route.callerName() == null ? "" : printable(route.callerName());
        if (!name.isEmpty() && settings.showsNameWith(!answer.isEmpty())) {
            answer.put("caller_name", name);
        }
        return answer.toString();
    }

    private static String printable(String name) {
        String line = name.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        int end = Math.min(line.length(), NAME_LENGTH);
        return line.substring(0, end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end);
    }

    private Response refused(int status, String count, String why) {
        counts.add(count);
        log.debug("{}: a webhook was refused with {}: {}", account, status, why);
        return Response.text(status, why);
    }
}
