// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.SandboxReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The account itself, its users, its pipelines and its fields. */
final class StaffApi {
    private final Account account;

    StaffApi(Account account) {
        this.account = account;
    }

    SandboxReply account(Ask ask) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", Account.ID);
        view.put("name", Account.SUBDOMAIN);
        view.put("subdomain", Account.SUBDOMAIN);
        view.put("current_user_id", ask.user());
        view.put("country", "RU");
        view.put("customers_mode", "segments");
        view.put("is_unsorted_on", !account.does("unsortedOff"));
        view.put("is_loss_reason_enabled", true);
        view.put("is_helpbot_enabled", false);
        view.put("is_technical_account", false);
        view.put("contact_name_display_order", 1);
        Set<String> with = ask.with();
        if (with.contains("is_api_filter_enabled")) {
            view.put("is_api_filter_enabled", !account.does("filtersIgnored"));
        }
        if (with.contains("drive_url")) {
            view.put("drive_url", ask.base() + "/drive");
        }
        if (with.contains("version")) {
            view.put("version", 16);
        }
        view.put("_links", Ask.link(ask.base() + "/api/v4/account"));
        Map<String, Object> embedded = new LinkedHashMap<>();
        if (with.contains("users_groups")) {
            embedded.put("users_groups", List.of(group()));
        }
        if (with.contains("task_types")) {
            embedded.put(
                    "task_types", List.of(taskType(1, "Связаться", "FOLLOW_UP"), taskType(2, "Встреча", "MEETING")));
        }
        if (with.contains("datetime_settings")) {
            embedded.put("datetime_settings", Map.of("timezone", "Europe/Moscow", "timezone_offset", "+03:00"));
        }
        if (!embedded.isEmpty()) {
            view.put("_embedded", embedded);
        }
        return Hal.ok(view);
    }

    private static Map<String, Object> group() {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("id", 0);
        group.put("name", "Отдел продаж");
        group.put("uuid", null);
        return group;
    }

    private static Map<String, Object> taskType(int id, String name, String code) {
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("id", id);
        type.put("name", name);
        type.put("color", null);
        type.put("icon_id", null);
        type.put("code", code);
        return type;
    }

    SandboxReply users(Ask ask) {
        User asking = account.users().get(ask.user());
        if (asking == null || !asking.admin()) {
            throw AmoError.of(403, "Only administrators see the users");
        }
        int limit = Math.max(1, Math.min(ask.number("limit", 50), Hal.MOST));
        int page = Math.max(1, ask.number("page", 1));
        List<Map<String, Object>> views = account.users().values().stream()
                .skip((long) (page - 1) * limit)
                .limit(limit)
                .map(user -> view(user, ask.base()))
                .toList();
        if (views.isEmpty()) {
            return Hal.nothing();
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_total_items", account.users().size());
        body.put("_page", page);
        body.put("_page_count", (account.users().size() + limit - 1) / limit);
        Map<String, Object> links = new LinkedHashMap<>(Ask.link(ask.page(page)));
        if (views.size() == limit) {
            links.put("next", Map.of("href", ask.page(page + 1)));
        }
        body.put("_links", links);
        body.put("_embedded", Map.of("users", views));
        return Hal.ok(body);
    }

    SandboxReply user(int id, Ask ask) {
        User user = account.users().get(id);
        return user == null ? Hal.nothing() : Hal.ok(view(user, ask.base()));
    }

    private static Map<String, Object> view(User user, String base) {
        Map<String, Object> may = new LinkedHashMap<>();
        List.of("view", "edit", "add", "delete", "export").forEach(what -> may.put(what, "A"));
        Map<String, Object> rights = new LinkedHashMap<>();
        List.of("leads", "contacts", "companies", "tasks").forEach(kind -> rights.put(kind, may));
        rights.put("mail_access", false);
        rights.put("catalog_access", false);
        rights.put("is_admin", user.admin());
        rights.put("is_free", false);
        rights.put("is_active", user.active());
        rights.put("group_id", 0);
        rights.put("role_id", null);
        rights.put("status_rights", List.of());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", user.id());
        view.put("name", user.name());
        view.put("email", user.email());
        view.put("lang", "ru");
        view.put("rights", rights);
        view.put("_links", Ask.link(base + "/api/v4/users/" + user.id()));
        view.put("_embedded", Map.of("roles", List.of(), "groups", List.of()));
        return view;
    }

    SandboxReply pipelines(Ask ask) {
        List<Map<String, Object>> views = account.pipelines().all().stream()
                .map(pipeline -> pipeline.view(ask.base()))
                .toList();
        return Hal.ok(counted(ask, "pipelines", views));
    }

    SandboxReply pipeline(int id, Ask ask) {
        return account.pipelines()
                .find(id)
                .map(one -> Hal.ok(one.view(ask.base())))
                .orElse(Hal.nothing());
    }

    SandboxReply statuses(int id, Ask ask) {
        return account.pipelines()
                .find(id)
                .map(one -> Hal.ok(counted(ask, "statuses", one.statusViews(ask.base()))))
                .orElse(Hal.nothing());
    }

    SandboxReply fields(Kind kind, Ask ask) {
        List<Map<String, Object>> views = new ArrayList<>();
        for (Map<String, Object> definition : Fields.definitions()) {
            Map<String, Object> view = new LinkedHashMap<>(definition);
            view.put("account_id", Account.ID);
            view.put("entity_type", kind.path());
            view.put(
                    "_links",
                    Ask.link(ask.base() + "/api/v4/" + kind.path() + "/custom_fields/" + definition.get("id")));
            views.add(view);
        }
        return Hal.ok(counted(ask, "custom_fields", views));
    }

    private static Map<String, Object> counted(Ask ask, String name, List<?> views) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("_total_items", views.size());
        body.putAll(Hal.listing(ask, name, views));
        return body;
    }
}
