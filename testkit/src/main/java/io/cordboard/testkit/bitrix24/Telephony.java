// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.bitrix24.PortalCall.Finish;
import io.cordboard.testkit.bitrix24.PortalCall.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** {@code telephony.externalCall.*}: register, show, hide, finish. */
final class Telephony {
    private static final Duration SAME_CALL = Duration.ofMinutes(30);

    private final Portal portal;
    private final Map<List<Object>, PortalCall> open = new HashMap<>();

    Telephony(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("telephony.externalcall.register", this::register);
        methods.put("telephony.externalcall.show", (p, auth) -> card(p, PortalCall::show));
        methods.put("telephony.externalcall.hide", (p, auth) -> card(p, PortalCall::hide));
        methods.put("telephony.externalcall.finish", this::finish);
    }

    private Answer register(Params p, Auth auth) {
        application(auth);
        User user = user(p);
        int type = p.number("TYPE").orElse(0);
        if (type < 1 || type > 5) {
            throw RestError.core("Unknown TYPE");
        }
        String number = p.text("PHONE_NUMBER");
        if (number.chars().noneMatch(Character::isDigit)) {
            throw RestError.core("Unsupported phone number format");
        }
        Registration wanted = new Registration(
                number,
                type,
                user.id(),
                p.text("LINE_NUMBER"),
                p.some("EXTERNAL_CALL_ID").orElse(null),
                start(p));
        PortalCall same = open.get(wanted.key());
        if (same != null && same.registeredAt.plus(SAME_CALL).isAfter(portal.now())) {
            same.registrations++;
            return Answer.of(registered(same, null));
        }
        return Answer.of(begin(p, wanted));
    }

    private Map<String, Object> begin(Params p, Registration wanted) {
        PortalCall call = new PortalCall(portal.newCallId(), wanted, portal.now());
        portal.calls().put(call.id, call);
        open.put(call.key, call);
        entity(p, call);
        String refused = null;
        if (call.entityType.isEmpty() && p.on("CRM_CREATE", false)) {
            if (portal.suffers("leadCreationError")) {
                refused = "Lead creation is disabled for local users";
            } else {
                createLead(p, call);
            }
        }
        if (p.on("SHOW", true)) {
            call.show(wanted.user());
        }
        portal.events()
                .emit(
                        "ONVOXIMPLANTCALLINIT",
                        Map.of(
                                "CALL_ID",
                                call.id,
                                "CALL_TYPE",
                                Integer.toString(call.type),
                                "CALLER_ID",
                                call.number,
                                "REST_APP_ID",
                                "3"));
        return registered(call, refused);
    }

    private static Map<String, Object> registered(PortalCall call, @Nullable String refused) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("CALL_ID", call.id);
        result.put(
                "CRM_CREATED_LEAD",
                call.created.isEmpty() ? null : call.created.get(0).get("ENTITY_ID"));
        result.put("CRM_CREATED_ENTITIES", List.copyOf(call.created));
        result.put("CRM_ENTITY_TYPE", call.entityType);
        result.put("CRM_ENTITY_ID", call.entityId);
        if (refused != null) {
            result.put("LEAD_CREATION_ERROR", refused);
        }
        return result;
    }

    private void entity(Params p, PortalCall call) {
        OptionalInt id = p.number("CRM_ENTITY_ID");
        if (p.some("CRM_ENTITY_TYPE").isPresent() && id.isPresent() && id.getAsInt() > 0) {
            call.entityType = p.text("CRM_ENTITY_TYPE");
            call.entityId = id.getAsInt();
            return;
        }
        portal.phoneIndex().find(call.number).stream().findFirst().ifPresent(hit -> {
            call.entityType = Portal.NAMES.getOrDefault(hit.type(), "");
            call.entityId = hit.id();
        });
    }

    private void createLead(Params p, PortalCall call) {
        Item lead = portal.table(Portal.LEAD).add(portal.now());
        lead.fields().put("TITLE", call.number + " - " + (call.type == 1 ? "Исходящий звонок" : "Входящий звонок"));
        lead.fields().put("STATUS_ID", "NEW");
        lead.fields().put("SOURCE_ID", p.some("CRM_SOURCE").orElse("CALL"));
        lead.fields().put("ASSIGNED_BY_ID", Integer.toString(call.registeredBy));
        portal.phones(Portal.LEAD, lead, List.of(new Item.Phone(portal.next("phone"), "WORK", call.number)));
        call.entityType = "LEAD";
        call.entityId = lead.id();
        Map<String, Object> created = new LinkedHashMap<>();
        created.put("ENTITY_TYPE", "LEAD");
        created.put("ENTITY_ID", lead.id());
        call.created.add(created);
        portal.changed(Portal.LEAD, lead.id(), "ADD");
    }

    private Answer card(Params p, ObjIntConsumer<PortalCall> change) {
        PortalCall call = portal.calls().get(p.text("CALL_ID"));
        if (call == null) {
            return Answer.of(false);
        }
        List<Object> users = p.list("USER_ID");
        if (users.isEmpty()) {
            change.accept(call, call.registeredBy);
        }
        users.forEach(user -> Params.numberOf(user).ifPresent(id -> change.accept(call, id)));
        return Answer.of(true);
    }

    private Answer finish(Params p, Auth auth) {
        application(auth);
        if (p.text("CALL_ID").isEmpty()) {
            throw new RestError(400, "INVALID_ARGUMENT", "CALL_ID must be a string");
        }
        PortalCall call = portal.calls().get(p.text("CALL_ID"));
        if (call == null || call.finish != null) {
            if (call != null) {
                call.refusedFinishes++;
            }
            throw RestError.nameless("Call is not found (call should be registered prior to finishing");
        }
        User user = user(p);
        int seconds = Math.max(0, p.number("DURATION").orElse(0));
        String code = p.some("STATUS_CODE").orElse(seconds > 0 ? "200" : "304");
        call.created.stream()
                .map(created -> (Integer) created.get("ENTITY_ID"))
                .forEach(id -> portal.table(Portal.LEAD)
                        .get(id)
                        .ifPresent(lead -> lead.fields().put("ASSIGNED_BY_ID", Integer.toString(user.id()))));
        int row = portal.next("statistic");
        Integer activity = call.entityId == null ? null : activity(call, user, code, seconds);
        call.finish = new Finish(row, user.id(), seconds, code, p.text("FAILED_REASON"), activity, p.text("VOTE"));
        call.finishes++;
        open.remove(call.key, call);
        call.visible.clear();
        ended(call, call.finish);
        return Answer.of(Statistics.finished(call, call.finish, p));
    }

    private int activity(PortalCall call, User user, String code, int seconds) {
        Item activity = portal.activities().add(portal.now());
        Map<String, Object> fields = activity.fields();
        fields.put("OWNER_TYPE_ID", Integer.toString(type(call.entityType)));
        fields.put("OWNER_ID", String.valueOf(call.entityId));
        fields.put("TYPE_ID", "2");
        fields.put("PROVIDER_ID", "VOXIMPLANT_CALL");
        fields.put("PROVIDER_TYPE_ID", "CALL");
        fields.put("DIRECTION", call.type == 1 ? "2" : "1");
        fields.put("SUBJECT", (call.type == 1 ? "Исходящий звонок на " : "Входящий звонок от ") + call.number);
        fields.put("RESPONSIBLE_ID", Integer.toString(user.id()));
        fields.put("COMPLETED", code.equals("200") ? "Y" : "N");
        fields.put("START_TIME", Portal.iso(call.start));
        fields.put("END_TIME", Portal.iso(call.start.plusSeconds(seconds)));
        fields.put("ORIGIN_ID", "VI_" + call.id);
        portal.events().emit("ONCRMACTIVITYADD", Map.of("FIELDS", Map.of("ID", Integer.toString(activity.id()))));
        return activity.id();
    }

    static int type(String name) {
        return Portal.NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    private void ended(PortalCall call, Finish finish) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("CALL_ID", call.id);
        data.put("CALL_TYPE", Integer.toString(call.type));
        data.put("PHONE_NUMBER", call.number);
        data.put("PORTAL_NUMBER", "REST_APP:" + call.line);
        data.put("PORTAL_USER_ID", Integer.toString(finish.user()));
        data.put("CALL_DURATION", Integer.toString(finish.seconds()));
        data.put("CALL_START_DATE", Portal.iso(call.start));
        data.put("COST", "0");
        data.put("COST_CURRENCY", "");
        data.put("CALL_FAILED_CODE", finish.code());
        data.put("CALL_FAILED_REASON", finish.reason());
        data.put("CRM_ACTIVITY_ID", finish.activity() == null ? "0" : Integer.toString(finish.activity()));
        portal.events().emit("ONVOXIMPLANTCALLEND", data);
    }

    private void application(Auth auth) {
        if (!auth.application() && portal.strict()) {
            auth.needsApplication();
        }
    }

    private User user(Params p) {
        OptionalInt id = p.number("USER_ID");
        Optional<String> inner = p.some("USER_PHONE_INNER");
        if (id.isEmpty() && inner.isEmpty()) {
            throw RestError.core("USER_ID or USER_PHONE_INNER should be set.");
        }
        Optional<User> user =
                id.isPresent() ? portal.activeUser(id.getAsInt()) : portal.activeUserByInner(inner.orElse(""));
        return user.orElseThrow(() -> RestError.core("User is not found or is not active"));
    }

    private Instant start(Params p) {
        Optional<String> text = p.some("CALL_START_DATE");
        try {
            return text.isEmpty()
                    ? portal.now()
                    : OffsetDateTime.parse(text.get()).toInstant();
        } catch (DateTimeParseException e) {
            throw RestError.core("CALL_START_DATE should be in the ISO-8601 format");
        }
    }
}
