// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.contact.ContactRef;
import io.cordboard.http.Priority;
import io.cordboard.salesforce.SalesforceApi.Field;
import io.cordboard.salesforce.SalesforceApi.Me;
import io.cordboard.salesforce.SalesforceApi.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the organisation whether everything is as it should be, and names what is missing by its name. */
final class SalesforceCheck {
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final List<String> TASK = List.of(
            "TaskSubtype",
            "CallType",
            "CallDurationInSeconds",
            "CallObject",
            "CallDisposition",
            "WhoId",
            "WhatId",
            "OwnerId",
            "Description",
            "ActivityDate");

    private static final List<String> CASE = List.of(
            "Subject",
            "Description",
            "Origin",
            "Priority",
            "SuppliedPhone",
            "ContactId",
            "AccountId",
            "IsEscalated",
            "Comments");

    private final Parts parts;
    private final Queues queues;
    private final DailyBudget day;
    private final SalesforceSettings settings;
    private final String where;
    private final List<Finding> all = new ArrayList<>();

    SalesforceCheck(Parts parts, Queues queues, DailyBudget day) {
        this.parts = parts;
        this.queues = queues;
        this.day = day;
        this.settings = parts.settings();
        this.where = String.valueOf(settings.baseUrl().getHost());
    }

    List<Finding> findings() {
        Me me;
        try {
            me = parts.api().me();
            all.add(Finding.ok("signed in to " + me.organisation() + " as " + me.username(), where));
        } catch (ConnectorException e) {
            all.add(Finding.fail(String.valueOf(e.getMessage()), where, advice(e)));
            return all;
        }
        parts.shapes().forget();
        step(this::clock);
        step(this::task);
        step(this::status);
        step(this::cases);
        step(this::contacts);
        step(this::removed);
        step(this::files);
        step(() -> all.addAll(new SharingCheck(parts, where).findings(me.userId())));
        step(this::responsible);
        limit();
        return all;
    }

    private void step(Runnable step) {
        try {
            step.run();
        } catch (ConnectorException e) {
            all.add(Finding.fail(String.valueOf(e.getMessage()), where, advice(e)));
        }
    }

    private static String advice(ConnectorException e) {
        return switch (e.reason()) {
            case REAUTHORISE -> "look at the external client app: its policies, its user, its secret or certificate";
            case RATE_LIMITED -> "wait, or raise dailyApiBudget";
            case FORBIDDEN, REFUSED -> "give the app's user the permission set Cordboard, which has API Enabled";
            default -> "check baseUrl, the network and the organisation";
        };
    }

    private void clock() {
        Instant there = parts.api().serverTime();
        Duration skew = Duration.between(there, parts.context().clock().instant());
        all.add(
                skew.abs().compareTo(SKEW) <= 0
                        ? Finding.ok("the clocks agree", where)
                        : Finding.warn(
                                "this machine's clock is " + skew.toSeconds() + " s off the organisation's",
                                where,
                                "let the machine keep its time by NTP: signed assertions depend on it"));
    }

    private void task() {
        Optional<Shape> task = parts.shapes().of("Task").filter(Shape::createable);
        if (task.isEmpty()) {
            all.add(Finding.fail(
                    "tasks cannot be created",
                    where,
                    "give the user the permission Edit Tasks: the permission set Cordboard has it"));
            return;
        }
        List<String> missing =
                TASK.stream().filter(field -> !task.get().takes(field)).toList();
        all.add(
                missing.isEmpty()
                        ? Finding.ok("calls can be kept as tasks", where)
                        : Finding.fail(
                                "fields of Task cannot be set: " + String.join(", ", missing),
                                where,
                                "give the user access to them in the permission set Cordboard"));
        key("Task", "Activity", settings.calls().keyField(), "call.keyField");
        optional(settings.calls().startedField(), "call.startedField", "when a call began is in its text only");
        if (settings.calls().recordings().equals("link")) {
            optional(settings.calls().recordingField(), "call.recordingField", "links go into the task's text");
        }
    }

    private void key(String object, String made, String name, String setting) {
        Optional<Field> field = parts.shapes().of(object).flatMap(shape -> shape.field(name));
        if (field.isEmpty()) {
            all.add(Finding.warn(
                    made + " has no field " + name + " that this user sees: each write needs one more request",
                    setting,
                    "create " + name + " on " + made + " (Text 255, External ID, Unique) and add it to the permission"
                            + " set; the folder metadata of this connector does both"));
        } else if (!field.get().externalId() || !field.get().createable()) {
            all.add(Finding.warn(
                    made + "." + name + (field.get().externalId() ? " cannot be set" : " is no external id"),
                    setting,
                    field.get().externalId()
                            ? "give the user edit access to the field in the permission set"
                            : "tick External ID and Unique in the field's settings"));
        } else if (!field.get().unique()) {
            all.add(Finding.warn(
                    made + "." + name + " is not unique: two requests in the same moment may make two records",
                    setting,
                    "tick Unique in the field's settings"));
        } else {
            all.add(Finding.ok(made + "." + name + " makes writes repeatable", setting));
        }
    }

    private void optional(String name, String setting, String without) {
        all.add(
                parts.shapes().writable("Task", name).isPresent()
                        ? Finding.ok("Activity." + name + " can be set", setting)
                        : Finding.warn(
                                "Activity has no field " + name + " that this user may set: " + without,
                                setting,
                                "create it, or leave it so"));
    }

    private void status() {
        List<String> closed = new ArrayList<>();
        parts.api()
                .query(Priority.SYNC, "SELECT ApiName, MasterLabel, IsClosed FROM TaskStatus")
                .rows()
                .forEach(row -> {
                    if (row.text("IsClosed").equals("true")) {
                        closed.add(row.value("ApiName").orElse(row.text("MasterLabel")));
                    }
                });
        String wanted = settings.calls().status();
        all.add(
                closed.contains(wanted)
                        ? Finding.ok("a call's task is " + wanted, "call.status")
                        : Finding.fail(
                                wanted + " is no closed status of tasks",
                                "call.status",
                                "set it to one of " + String.join(", ", closed)));
    }

    private void cases() {
        if (parts.shapes().of("Case").filter(Shape::createable).isEmpty()) {
            all.add(Finding.warn(
                    "cases cannot be created: tickets would be parked",
                    where,
                    "give the user create access to Case in the permission set Cordboard"));
            return;
        }
        all.add(Finding.ok("tickets can be kept as cases", where));
        caseFields();
        key("Case", "Case", settings.cases().keyField(), "case.keyField");
        settings.cases().queue().ifPresent(queue -> queue(queue, "case.queue"));
        settings.cases().departments().keySet().stream()
                .sorted()
                .forEach(department -> queue(department, "case.departments." + department));
    }

    private void caseFields() {
        List<String> missing = CASE.stream()
                .filter(field -> parts.shapes().writable("Case", field).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            all.add(Finding.warn(
                    "fields of Case cannot be set and are left out: " + String.join(", ", missing),
                    where,
                    "give the user access to them in the permission set Cordboard"));
        }
        String status = settings.cases().escalatedStatus();
        if (!status.equals("-") && !SalesforceEscalations.hasStatus(parts.shapes(), status)) {
            all.add(Finding.warn(
                    status + " is no status of cases: escalated ones keep theirs",
                    "case.escalatedStatus",
                    "set it to a status of cases, or to - to leave the status alone"));
        }
    }

    private void queue(String department, String setting) {
        all.add(
                queues.id(department).isPresent()
                        ? Finding.ok("the queue takes cases", setting)
                        : Finding.fail(
                                SalesforceTickets.noQueue(department, queues), setting, "create it or name another"));
    }

    private void contacts() {
        for (ContactRef.Type type : ContactRef.Type.values()) {
            String object = ObjectNames.name(type);
            List<String> phones = parts.shapes().phones(object);
            all.add(
                    phones.isEmpty()
                            ? Finding.warn(
                                    "no numbers of " + object + " can be read",
                                    where,
                                    "give the user read access to " + object + " and its phone fields")
                            : Finding.ok(object + " has the numbers " + String.join(", ", phones), where));
        }
        if (parts.shapes().of("Lead").filter(Shape::createable).isEmpty()) {
            all.add(Finding.warn(
                    "leads cannot be created: unknown callers stay unknown",
                    where,
                    "give the user create access to Lead, or set rules.unknownCaller: none"));
        }
    }

    private void removed() {
        if (!settings.sync().deleted()) {
            return;
        }
        Instant now = parts.context().clock().instant();
        try {
            parts.api().deleted("Contact", now.minus(Duration.ofHours(1)), now);
            all.add(Finding.ok("removed contacts are told", "sync.deleted"));
        } catch (ConnectorException e) {
            all.add(Finding.warn(
                    "removed contacts are not told: " + e.getMessage(),
                    "sync.deleted",
                    "give the user View All on Contact, Lead and Account, or set sync.deleted: false"));
        }
    }

    private void files() {
        if (!settings.calls().recordings().equals("file")) {
            return;
        }
        try {
            boolean may = parts.api().describe(List.of("ContentVersion")).values().stream()
                    .anyMatch(Shape::createable);
            all.add(
                    may
                            ? Finding.ok("recordings can be kept as files", "recordings")
                            : Finding.warn(
                                    "files cannot be created",
                                    "recordings",
                                    "switch Files on, or set recordings: link"));
        } catch (ConnectorException e) {
            all.add(Finding.warn(String.valueOf(e.getMessage()), "recordings", "set recordings: link"));
        }
    }

    private void responsible() {
        Optional<String> user = settings.calls().responsible();
        if (user.isEmpty()) {
            all.add(Finding.ok("what has no agent belongs to the app's own user", "responsible"));
            return;
        }
        boolean active = parts
                .api()
                .query(Priority.SYNC, "SELECT Id, IsActive FROM User WHERE Id = " + Soql.text(user.get()))
                .rows()
                .stream()
                .anyMatch(row -> row.text("IsActive").equals("true"));
        all.add(
                active
                        ? Finding.ok("user " + user.get() + " gets what has no agent", "responsible")
                        : Finding.fail(
                                "user " + user.get() + " is not an active user",
                                "responsible",
                                "set it to the id of an active user, which begins with 005"));
    }

    private void limit() {
        if (day.organisationLimit() == 0) {
            return;
        }
        String used = day.organisationUsed() + " of the organisation's " + day.organisationLimit()
                + " API requests of the day are used";
        all.add(
                day.worry().isPresent()
                        ? Finding.warn(used, "dailyApiBudget", "find out who asks so much, or buy more requests")
                        : Finding.ok(used, "dailyApiBudget"));
        if (settings.limits().daily() > day.organisationLimit()) {
            all.add(Finding.warn(
                    "dailyApiBudget is more than the organisation has",
                    "dailyApiBudget",
                    "set it below " + day.organisationLimit()));
        }
    }
}
