// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose number is it: {@code searchCrmEntities} and {@code crm.duplicate.findbycomm}. */
final class Search {
    private static final int TOO_MANY = 20;

    private final Portal portal;

    Search(Portal portal) {
        this.portal = portal;
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("telephony.externalcall.searchcrmentities", (p, auth) -> entities(p));
        methods.put("crm.duplicate.findbycomm", (p, auth) -> duplicates(p));
    }

    private Answer entities(Params p) {
        if (p.text("PHONE_NUMBER").isBlank()) {
            throw RestError.core("PHONE_NUMBER is empty");
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (PhoneIndex.Hit hit : portal.phoneIndex().find(p.text("PHONE_NUMBER"))) {
            String type = Portal.NAMES.get(hit.type());
            Optional<Item> item = portal.table(hit.type()).get(hit.id());
            if (type != null && item.isPresent()) {
                found.add(entity(type, item.get()));
            }
        }
        return Answer.of(found);
    }

    private Map<String, Object> entity(String type, Item item) {
        int owner = item.number("ASSIGNED_BY_ID").orElse(1);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("CRM_ENTITY_TYPE", type);
        map.put("CRM_ENTITY_ID", item.id());
        map.put("ASSIGNED_BY_ID", owner);
        String person = (item.text("NAME") + " " + item.text("LAST_NAME")).strip();
        map.put("NAME", type.equals("CONTACT") || item.text("TITLE").isEmpty() ? person : item.text("TITLE"));
        User user = portal.users().get(owner);
        Map<String, Object> by = new LinkedHashMap<>();
        by.put("ID", Integer.toString(owner));
        by.put("TIMEMAN_STATUS", user == null ? "UNAVAILABLE" : user.workDay());
        by.put("USER_PHONE_INNER", user == null ? null : user.inner());
        by.put("WORK_PHONE", null);
        by.put("PERSONAL_PHONE", null);
        by.put("PERSONAL_MOBILE", null);
        map.put("ASSIGNED_BY", by);
        return map;
    }

    /** Compares the text as a whole: the same number in another spelling is not found. */
    private Answer duplicates(Params p) {
        if (!List.of("PHONE", "EMAIL").contains(p.text("type"))) {
            throw RestError.nameless("Communication type is not defined.");
        }
        List<String> values = p.list("values").stream()
                .map(value -> Params.textOf(value).split("#", -1)[0])
                .limit(TOO_MANY)
                .toList();
        if (values.isEmpty()) {
            throw RestError.nameless("Communication values is not defined");
        }
        Map<String, Object> found = new LinkedHashMap<>();
        for (int type : List.of(Portal.LEAD, Portal.CONTACT, Portal.COMPANY)) {
            String name = Portal.NAMES.getOrDefault(type, "");
            boolean wanted = p.some("entity_type").map(name::equalsIgnoreCase).orElse(true);
            List<Integer> ids = wanted ? having(type, values) : List.of();
            if (!ids.isEmpty()) {
                found.put(name, ids);
            }
            if (ids.size() >= TOO_MANY) {
                break;
            }
        }
        return Answer.of(found.isEmpty() ? List.of() : found);
    }

    private List<Integer> having(int type, List<String> values) {
        List<Integer> ids = new ArrayList<>();
        for (String value : values) {
            for (PhoneIndex.Hit hit : portal.phoneIndex().find(value)) {
                boolean exact = hit.type() == type
                        && portal.table(type).get(hit.id()).stream()
                                .flatMap(item -> item.phones().stream())
                                .anyMatch(phone -> phone.value().equals(value));
                if (exact && !ids.contains(hit.id())) {
                    ids.add(hit.id());
                }
            }
        }
        return ids;
    }
}
