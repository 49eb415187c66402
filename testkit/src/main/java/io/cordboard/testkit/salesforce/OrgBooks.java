// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.CrmBooks;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An organisation's books: tasks of calls, leads, cases. */
final class OrgBooks implements CrmBooks {
    private static final int FIRST_AGENT = 2;
    private static final int LAST_AGENT = 5;
    private static final Pattern ABOUT = Pattern.compile("(?m)^Call: (.*)$");

    private final SalesforceSandbox org;

    OrgBooks(SalesforceSandbox org) {
        this.org = org;
    }

    @Override
    public List<String> agents() {
        return IntStream.rangeClosed(FIRST_AGENT, LAST_AGENT)
                .mapToObj(number -> Ids.full(Ids.of("005", number)))
                .toList();
    }

    @Override
    public String otherwise() {
        return Ids.full(Org.INTEGRATION_USER);
    }

    @Override
    public List<HeldContact> contacts() {
        return org.rows("Contact").stream()
                .map(row -> new HeldContact(text(row, "Id"), text(row, "OwnerId"), phones(row)))
                .toList();
    }

    private static List<String> phones(Map<String, Object> row) {
        return row.keySet().stream()
                .filter(field -> field.endsWith("Phone"))
                .map(field -> text(row, field))
                .toList();
    }

    private static String text(Map<String, Object> row, String field) {
        return Objects.toString(row.get(field), "");
    }

    @Override
    public List<HeldCall> calls() {
        return org.rows("Task").stream()
                .filter(row -> text(row, "TaskSubtype").equals("Call"))
                .map(this::held)
                .toList();
    }

    private HeldCall held(Map<String, Object> row) {
        String id = text(row, "Id");
        String seconds = text(row, "CallDurationInSeconds");
        return new HeldCall(
                id,
                text(row, "CallObject"),
                true,
                text(row, "CallType").equals("Inbound"),
                result(text(row, "CallDisposition")),
                seconds.isEmpty() ? 0 : Long.parseLong(seconds),
                text(row, "OwnerId"),
                text(row, "Subject").replaceFirst("^.*(?:to|from) ", ""),
                customer(text(row, "WhoId"), text(row, "WhatId")),
                () -> recording(id));
    }

    private static Result result(String disposition) {
        return switch (disposition) {
            case "Answered" -> Result.ANSWERED;
            case "Busy", "Rejected" -> Result.BUSY;
            case "Abandoned", "No answer", "Voicemail" -> Result.MISSED;
            default -> Result.OTHER;
        };
    }

    private static String customer(String who, String what) {
        if (!who.isEmpty()) {
            return (Ids.prefix(who).equals("00Q") ? "LEAD " : "CONTACT ") + who;
        }
        return what.isEmpty() || !Ids.prefix(what).equals("001") ? "" : "COMPANY " + what;
    }

    /** All files of the task, one behind the other. */
    private byte[] recording(String task) {
        String all = Stream.concat(
                        files("ContentVersion", "FirstPublishLocationId", "VersionData", task),
                        files("Attachment", "ParentId", "Body", task))
                .collect(Collectors.joining());
        return Base64.getMimeDecoder().decode(all);
    }

    private Stream<String> files(String object, String parent, String body, String task) {
        return org.rows(object).stream()
                .filter(row -> task.equals(row.get(parent)))
                .map(row -> text(row, body));
    }

    @Override
    public Map<String, Long> newcomers() {
        return org.rows("Lead").stream()
                .flatMap(row -> phones(row).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public List<String> tickets() {
        List<String> calls = new ArrayList<>();
        for (Map<String, Object> row : org.rows("Case")) {
            Matcher about = ABOUT.matcher(text(row, "Description"));
            calls.add(about.find() ? about.group(1).strip() : "");
        }
        return calls;
    }

    @Override
    public boolean hasClicks() {
        return false;
    }

    @Override
    public void click(String user, String number) {
        throw new IllegalStateException("this vendor tells nobody that a user clicked a number");
    }

    @Override
    public void alsoHas(String company, String request, String number, String owner) {
        org.add("Account", Map.of("Name", company, "Phone", number, "OwnerId", owner));
        Map<String, String> lead = new LinkedHashMap<>();
        lead.put("LastName", request);
        lead.put("Company", company);
        lead.put("Phone", number);
        lead.put("OwnerId", owner);
        org.add("Lead", lead);
    }

    /** The organisation tells nobody: changes are asked for. */
    @Override
    public void tell(URI address) {}

    @Override
    public String recordStep() {
        return "upsert";
    }
}
