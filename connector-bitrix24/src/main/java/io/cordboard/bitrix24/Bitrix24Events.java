// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.connector.ConnectorContext;
import io.cordboard.connector.Webhook;
import io.cordboard.contact.ContactRef;
import io.cordboard.crm.ContactChanges;
import io.cordboard.crm.DialRequests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the portal tells: contacts that changed, numbers that were clicked, the app's installation. The portal tells
 * each thing at most once and sometimes twice.
 */
final class Bitrix24Events implements Webhook, ContactChanges, DialRequests {
    private static final Logger log = LoggerFactory.getLogger(Bitrix24Events.class);
    private static final String TOKEN = "applicationToken";
    private static final Duration SAME_CLICK = Duration.ofSeconds(5);
    private static final int CLICKS_KEPT = 1000;

    private final ConnectorContext context;
    private final Bitrix24Settings.Events settings;
    private final Optional<AppAccess> app;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refusedToken = new LongAdder();
    private final LongAdder refusedMalformed = new LongAdder();
    private final Map<String, Instant> clicks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > CLICKS_KEPT;
        }
    };

    private volatile ContactChanges.@Nullable Listener changes;
    private volatile DialRequests.@Nullable Listener dialling;
    private volatile Runnable whenInstalled = () -> {};

    Bitrix24Events(ConnectorContext context, Bitrix24Settings.Events settings, Optional<AppAccess> app) {
        this.context = context;
        this.settings = settings;
        this.app = app;
    }

    @Override
    public void tell(ContactChanges.Listener listener) {
        changes = listener;
    }

    @Override
    public void tell(DialRequests.Listener listener) {
        dialling = listener;
    }

    /** Says what is to be done, quickly, each time that the app was installed. */
    void whenInstalled(Runnable then) {
        whenInstalled = then;
    }

    /** {@return whether events can be told from forgeries} */
    boolean isGuarded() {
        return token().isPresent();
    }

    /** {@return what was counted of requests} */
    Map<String, Long> counts() {
        return Map.of(
                "webhooks_taken", taken.sum(),
                "webhooks_refused_token", refusedToken.sum(),
                "webhooks_refused_malformed", refusedMalformed.sum());
    }

    /** Tells of contacts that this program made itself. */
    void made(Set<ContactRef> refs) {
        ContactChanges.Listener listener = changes;
        if (listener != null) {
            listener.changed(refs);
        }
    }

    @Override
    public Response handle(Request request) {
        if (!request.method().equals("POST")) {
            return refuse(405, "POST only");
        }
        String type = request.header("content-type").orElse("application/x-www-form-urlencoded");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            return refuse(415, "a form is expected");
        }
        Optional<Map<String, String>> form = Php.decode(request.text());
        String event = form.map(f -> f.getOrDefault("event", "")).orElse("").toUpperCase(Locale.ROOT);
        if (form.isEmpty() || event.isEmpty()) {
            return refuse(400, "not an event");
        }
        String given = form.get().getOrDefault("auth[application_token]", "");
        if (event.equals("ONAPPINSTALL") && token().isEmpty()) {
            return installed(form.get(), given);
        }
        if (!isRight(given)) {
            log.warn("bitrix24 {}: an event with a wrong application token was refused", context.account());
            return refuse(403, "wrong token");
        }
        take(event, form.get());
        taken.increment();
        return Response.text(200, "ok");
    }

    private void take(String event, Map<String, String> form) {
        switch (event) {
            case "ONAPPINSTALL" -> {
                if (isInstalled(form)) {
                    whenInstalled.run();
                }
            }
            case "ONEXTERNALCALLSTART" -> clicked(form);
            case "ONCRMCONTACTADD", "ONCRMCONTACTUPDATE" -> changed(ContactRef.Type.CONTACT, form);
            case "ONCRMCOMPANYADD", "ONCRMCOMPANYUPDATE" -> changed(ContactRef.Type.COMPANY, form);
            case "ONCRMLEADADD", "ONCRMLEADUPDATE" -> changed(ContactRef.Type.LEAD, form);
            case "ONCRMCONTACTDELETE" -> removed(ContactRef.Type.CONTACT, form);
            case "ONCRMCOMPANYDELETE" -> removed(ContactRef.Type.COMPANY, form);
            case "ONCRMLEADDELETE" -> removed(ContactRef.Type.LEAD, form);
            default -> log.debug("bitrix24 {}: nothing to do for this event", context.account());
        }
    }

    /** The first installation is believed, if it names the configured portal; it brings the token for all others. */
    private Response installed(Map<String, String> form, String given) {
        if (given.isEmpty() || !isInstalled(form)) {
            return refuse(403, "no such app is expected here");
        }
        context.memory().put(TOKEN, given);
        log.info("bitrix24 {}: the app is installed", context.account());
        whenInstalled.run();
        return Response.text(200, "ok");
    }

    private boolean isInstalled(Map<String, String> form) {
        boolean believed = app.isPresent() && app.get().installed(form);
        if (!believed) {
            log.warn(
                    "bitrix24 {}: an installation was refused: it has no tokens, or is not of the configured portal",
                    context.account());
        }
        return believed;
    }

    private void changed(ContactRef.Type type, Map<String, String> form) {
        ContactChanges.Listener listener = changes;
        Optional<ContactRef> ref = ref(type.name(), form.getOrDefault("data[FIELDS][ID]", ""));
        if (listener != null && ref.isPresent()) {
            listener.changed(Set.of(ref.get()));
        }
    }

    private void removed(ContactRef.Type type, Map<String, String> form) {
        ContactChanges.Listener listener = changes;
        Optional<ContactRef> ref = ref(type.name(), form.getOrDefault("data[FIELDS][ID]", ""));
        if (listener != null && ref.isPresent()) {
            listener.removed(Set.of(ref.get()));
        }
    }

    private void clicked(Map<String, String> form) {
        String id = form.getOrDefault("data[CALL_ID]", "");
        String user = form.getOrDefault("data[USER_ID]", "");
        String number = form.getOrDefault("data[PHONE_NUMBER_INTERNATIONAL]", "");
        if (number.isBlank()) {
            number = form.getOrDefault("data[PHONE_NUMBER]", "");
        }
        DialRequests.Listener listener = dialling;
        if (listener == null || id.isEmpty() || user.isEmpty() || number.isBlank()) {
            return;
        }
        if (isOld(form.getOrDefault("ts", "")) || isRepeated(id, user + " " + number)) {
            log.info("bitrix24 {}: a click was ignored, because it is late or came twice", context.account());
            return;
        }
        String line = form.getOrDefault("data[LINE_NUMBER]", "");
        listener.clicked(new Click(
                context.account(),
                id,
                user,
                number,
                line.isEmpty() ? null : line,
                ref(form.getOrDefault("data[CRM_ENTITY_TYPE]", ""), form.getOrDefault("data[CRM_ENTITY_ID]", ""))
                        .orElse(null)));
    }

    /** Nobody who clicked ten minutes ago wants the telephone to ring now. */
    private boolean isOld(String seconds) {
        if (seconds.isEmpty() || seconds.length() > 12 || !seconds.chars().allMatch(Character::isDigit)) {
            return false;
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(seconds));
        return at.isBefore(context.clock().instant().minus(settings.clickMaxAge()));
    }

    private boolean isRepeated(String id, String who) {
        Instant now = context.clock().instant();
        synchronized (clicks) {
            boolean sameId = clicks.put(id, now) != null;
            Instant before = clicks.put(who, now);
            return sameId || (before != null && before.plus(SAME_CLICK).isAfter(now));
        }
    }

    private Optional<ContactRef> ref(String type, String id) {
        return Owner.of(type, id)
                .flatMap(owner -> ContactRefTypes.parse(owner.type())
                        .map(known -> new ContactRef(context.account(), known, owner.id())));
    }

    private Optional<String> token() {
        return settings.token().or(() -> context.memory().get(TOKEN));
    }

    private boolean isRight(String given) {
        return token().filter(expected -> MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    private Response refuse(int status, String why) {
        (status == 403 ? refusedToken : refusedMalformed).increment();
        return Response.text(status, why);
    }
}
