// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.Form;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An account's books: notes of calls, contacts that calls made, tasks. */
final class AccountBooks implements CrmBooks {
    private static final int TALKED = 4;
    private static final int BUSY = 7;
    private static final Pattern ABOUT = Pattern.compile("(?m)^Call ([^\\s]+)\\s*$");

    /** What the page's stock telephony widget is given. */
    static final Map<String, String> WIDGET = Map.of("login", "telephony", "secret", "0f6d2b");

    private final AmoCrmSandbox account;
    private final Set<String> atFirst;
    private volatile @Nullable URI told;
    private final Browser browser = new Browser();

    AccountBooks(AmoCrmSandbox account) {
        this.account = account;
        this.atFirst = account.contacts().stream().map(row -> text(row, "id")).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> agents() {
        return List.of("504141", "504142", "504143", "504144");
    }

    @Override
    public String otherwise() {
        return Integer.toString(Residents.ADMIN);
    }

    @Override
    public List<HeldContact> contacts() {
        return account.contacts().stream()
                .map(row -> new HeldContact(text(row, "id"), text(row, "responsible_user_id"), phones(row)))
                .toList();
    }

    private static List<String> phones(Map<String, Object> row) {
        return row.get("phones") instanceof Collection<?> phones
                ? phones.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(Map<String, Object> row, String field) {
        return Objects.toString(row.get(field), "");
    }

    @Override
    public List<HeldCall> calls() {
        return account.notes().stream()
                .filter(note -> text(note, "note_type").startsWith("call_"))
                .map(this::held)
                .toList();
    }

    private HeldCall held(Map<String, Object> note) {
        Map<String, Object> params = Body.map(note.get("params"));
        String seconds = text(params, "duration");
        return new HeldCall(
                text(note, "id"),
                text(params, "uniq"),
                true,
                text(note, "note_type").equals("call_in"),
                result(text(params, "call_status")),
                seconds.isEmpty() ? 0 : Long.parseLong(seconds),
                text(note, "responsible_user_id"),
                text(params, "phone"),
                customer(text(note, "entity_type")) + " " + text(note, "entity_id"),
                () -> browser.heard(text(params, "link")));
    }

    private static Result result(String status) {
        return switch (status.isEmpty() ? 0 : Integer.parseInt(status)) {
            case TALKED -> Result.ANSWERED;
            case BUSY -> Result.BUSY;
            default -> Result.MISSED;
        };
    }

    private static String customer(String kind) {
        return switch (kind) {
            case "leads" -> "LEAD";
            case "companies" -> "COMPANY";
            default -> "CONTACT";
        };
    }

    /** Leads have no numbers of their own: a new customer is a contact, whether or not a lead is with it. */
    @Override
    public Map<String, Long> newcomers() {
        return account.contacts().stream()
                .filter(contact -> !atFirst.contains(text(contact, "id")))
                .flatMap(contact -> phones(contact).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Override
    public List<String> tickets() {
        List<String> calls = new ArrayList<>();
        for (Map<String, Object> task : account.tasks()) {
            Matcher about = ABOUT.matcher(text(task, "text"));
            calls.add(about.find() ? about.group(1) : "");
        }
        return calls;
    }

    @Override
    public boolean hasClicks() {
        return true;
    }

    /** The page's stock widget asks by a script element, in which a user without an extension is the user's number. */
    @Override
    public void click(String user, String number) {
        URI address = told;
        if (address == null) {
            throw new IllegalStateException("nobody said where the widget finds its script");
        }
        Map<String, String> ask = new LinkedHashMap<>();
        WIDGET.forEach((key, value) -> ask.put("_" + key, value));
        ask.put("_action", "call");
        ask.put("from", user);
        ask.put("to", number);
        byte[] unused = browser.get(URI.create(address + "?" + Form.write(ask)));
    }

    @Override
    public void alsoHas(String company, String request, String number, String owner) {
        int unused = account.addCompany(company, List.of(number), Integer.parseInt(owner));
    }

    @Override
    public void tell(URI address) {
        told = address;
        account.subscribe(address, Set.of());
    }

    @Override
    public String recordStep() {
        return "POST contacts/notes";
    }
}
