// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.CrmBooks;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A portal's books: calls of its telephony, leads, tasks. */
final class PortalBooks implements CrmBooks {
    private static final int INBOUND = 2;

    private final Bitrix24Sandbox portal;

    PortalBooks(Bitrix24Sandbox portal) {
        this.portal = portal;
    }

    @Override
    public List<String> agents() {
        return List.of("17", "18", "19", "20");
    }

    @Override
    public String otherwise() {
        return "1";
    }

    @Override
    public List<HeldContact> contacts() {
        return portal.items(Portal.CONTACT).stream()
                .map(row -> new HeldContact(text(row, "ID"), text(row, "ASSIGNED_BY_ID"), phones(row)))
                .toList();
    }

    private static List<String> phones(Map<String, Object> row) {
        return row.get("PHONE") instanceof List<?> phones
                ? phones.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(Map<String, Object> row, String field) {
        return String.valueOf(row.get(field));
    }

    @Override
    public List<HeldCall> calls() {
        // A stranger's lead is made when the call is over; the activity of the call is put to it then.
        Set<String> onLeads = portal.activities().stream()
                .filter(row -> text(row, "BINDINGS").contains("OWNER_TYPE_ID=" + Portal.LEAD))
                .map(row -> text(row, "ID"))
                .collect(Collectors.toSet());
        return portal.calls().stream().map(call -> held(call, onLeads)).toList();
    }

    private static HeldCall held(Bitrix24Call call, Set<String> onLeads) {
        boolean lead = call.entityType().isEmpty() && onLeads.contains(String.valueOf(call.activity()));
        String external = call.externalCallId();
        return new HeldCall(
                call.callId(),
                external == null ? "" : external,
                call.finished(),
                call.type() == INBOUND,
                result(String.valueOf(call.statusCode())),
                call.duration(),
                Integer.toString(call.user()),
                call.number(),
                lead ? "LEAD" : call.entityType().isEmpty() ? "" : call.entityType() + " " + call.entityId(),
                call::recordBytes);
    }

    private static Result result(String code) {
        return switch (code) {
            case "200" -> Result.ANSWERED;
            case "304" -> Result.MISSED;
            case "486" -> Result.BUSY;
            default -> Result.OTHER;
        };
    }

    @Override
    public Map<String, Long> newcomers() {
        return portal.items(Portal.LEAD).stream()
                .flatMap(lead -> phones(lead).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public List<String> tickets() {
        return portal.tasks().stream()
                .flatMap(task -> Stream.of(text(task, "XML_ID").replaceFirst("/.*$", "")))
                .toList();
    }

    @Override
    public boolean hasClicks() {
        return true;
    }

    @Override
    public void click(String user, String number) {
        String unused = portal.click(Integer.parseInt(user), number);
    }

    @Override
    public void alsoHas(String company, String request, String number, String owner) {
        portal.addCompany(company, List.of(number), Integer.parseInt(owner));
        portal.addLead(request, List.of(number), Integer.parseInt(owner));
    }

    @Override
    public void tell(URI address) {
        portal.outgoingWebhook(address, Set.of());
    }

    @Override
    public String recordStep() {
        return "telephony.externalCall.finish";
    }
}
