// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import io.cordboard.call.Caller;
import io.cordboard.call.PhoneNumber;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.ScreenPop;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The words of {@code telephony.externalCall.*}, and whether this account may speak them. Safe for use by many threads.
 */
final class Telephony {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private final String account;
    private final Bitrix24Settings.Calls settings;
    private final Journal journal;
    private final Pulse pulse;
    private final AtomicBoolean denied = new AtomicBoolean();

    Telephony(String account, Bitrix24Settings.Calls settings, Journal journal, Pulse pulse) {
        this.account = account;
        this.settings = settings;
        this.journal = journal;
        this.pulse = pulse;
    }

    boolean isUsed() {
        return switch (settings.registerBy()) {
            case "telephony" -> true;
            case "activity" -> false;
            default -> !denied.get();
        };
    }

    /** {@return whether the account goes on without telephony, now that the portal refused it} */
    boolean denied() {
        if (!settings.registerBy().equals("auto")) {
            return false;
        }
        denied.set(true);
        pulse.limited("calls are kept as activities, because the portal lets only an installed app register calls");
        return true;
    }

    Command register(CrmWrite.LogCall call, String user) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("TYPE", StatusCodes.type(call.direction()));
        params.put("PHONE_NUMBER", number(call.customer(), call.customerRaw()));
        params.put("CALL_START_DATE", iso(call.startedAt()));
        params.put("EXTERNAL_CALL_ID", call.call().toString());
        line(params, call.line());
        Optional<Owner> owner = Owner.of(call.contact(), account).or(() -> journal.customer(call.call()));
        return register(params, user, owner);
    }

    /** {@return whether the card of a call may make a lead of its number} */
    static boolean makesLead(ScreenPop.View view) {
        return view.mayCreateLead() && view.customer().number() != null && view.contact() == null;
    }

    Command register(ScreenPop.View view, String user, boolean makesLead) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("TYPE", StatusCodes.type(view.direction()));
        Caller customer = view.customer();
        params.put("PHONE_NUMBER", number(customer.number(), customer.raw()));
        params.put("CALL_START_DATE", iso(view.startedAt()));
        params.put("EXTERNAL_CALL_ID", view.call().toString());
        line(params, view.line());
        // The portal looks itself whether it knows the number; only a call that has a customer when it is registered
        // gets an activity.
        params.put("CRM_CREATE", makesLead ? 1 : 0);
        return register(params, user, Owner.of(view.contact(), account));
    }

    Command finish(CrmWrite.LogCall call, String callId, String user) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("CALL_ID", callId);
        params.put("USER_ID", user);
        params.put("DURATION", StatusCodes.seconds(call));
        params.put("STATUS_CODE", StatusCodes.status(call));
        params.put("ADD_TO_CHAT", settings.addToChat() ? 1 : 0);
        return new Command("telephony.externalCall.finish", params);
    }

    static Command statistics(String field, String value) {
        return new Command("voximplant.statistic.get", Map.of("FILTER", Map.of(field, value)));
    }

    static String iso(Instant at) {
        return ISO.format(at.atOffset(ZoneOffset.UTC));
    }

    /** {@return what the portal gets where it insists on a number} */
    String number(@Nullable PhoneNumber number, String raw) {
        if (number != null) {
            return number.e164();
        }
        // The portal takes nothing without a digit for a number.
        return raw.chars().anyMatch(Character::isDigit) ? raw.strip() : settings.hiddenNumber();
    }

    private void line(Map<String, Object> params, @Nullable String line) {
        settings.line().or(() -> Optional.ofNullable(line)).ifPresent(text -> params.put("LINE_NUMBER", text));
    }

    private Command register(Map<String, Object> params, String user, Optional<Owner> owner) {
        params.put("USER_ID", user);
        params.putIfAbsent("CRM_CREATE", 0);
        params.put("SHOW", 0);
        params.put("ADD_TO_CHAT", settings.addToChat() ? 1 : 0);
        owner.ifPresent(o -> {
            params.put("CRM_ENTITY_TYPE", o.type());
            params.put("CRM_ENTITY_ID", o.id());
        });
        return new Command("telephony.externalCall.register", params);
    }
}
