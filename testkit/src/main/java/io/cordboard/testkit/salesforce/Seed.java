// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Townsfolk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the organisation holds at the start. */
final class Seed {
    private static final List<String> STATUSES = List.of("TaskStatus", "CaseStatus", "LeadStatus");
    private static final int AGENTS = 4;

    private final Org org;
    private final Townsfolk folk;
    private final Instant born;
    private final List<String> owners = new ArrayList<>();

    Seed(Org org) {
        this.org = org;
        this.folk = new Townsfolk(org.switches().options().seed());
        this.born = org.now().minus(Duration.ofDays(20));
    }

    void settle(int contacts) {
        Row organisation = org.add(org.schema().object("Organization"), Org.ID, Org.INTEGRATION_USER, born);
        organisation.put("Name", "Ромашка");
        organisation.put("InstanceName", "EU99");
        organisation.put("OrganizationType", "Enterprise Edition");
        users();
        queue("Support", "Case");
        queue("Escalations", "Case");
        queue("Inbound_Leads", "Lead");
        STATUSES.forEach(this::statuses);
        people(contacts);
    }

    private void users() {
        user("Cordboard", "Integration", "", true);
        user("Анна", "Смирнова", "101", true);
        user("Борис", "Ковалёв", "102", true);
        user("Вера", "Орлова", "103", true);
        user("Глеб", "Никитин", "104", true);
        user("Дина", "Без номера", "", true);
        user("Евгений", "Ушёл", "109", false);
    }

    private void user(String first, String last, String extension, boolean active) {
        Row user = org.add(org.schema().object("User"), Org.INTEGRATION_USER);
        long number = org.table(user.type()).size();
        user.put("FirstName", first);
        user.put("LastName", last);
        user.put("Username", "user" + number + "@cordboard.example");
        user.put("Email", "user" + number + "@example.com");
        user.put("Alias", "user" + number);
        user.put("Extension", extension);
        user.put("IsActive", Boolean.toString(active));
        user.put("UserType", "Standard");
        user.put("TimeZoneSidKey", "Europe/Moscow");
        org.saved(user);
        if (active && owners.size() <= AGENTS) {
            owners.add(user.id());
        }
    }

    private void queue(String name, String object) {
        Row queue = org.add(org.schema().object("Group"), Org.INTEGRATION_USER);
        queue.put("Name", name.replace('_', ' '));
        queue.put("DeveloperName", name);
        queue.put("Type", "Queue");
        Row link = org.add(org.schema().object("QueueSobject"), Org.INTEGRATION_USER);
        link.put("QueueId", queue.id());
        link.put("SobjectType", object);
    }

    private void statuses(String object) {
        ObjectType type = org.schema().object(object);
        FieldType status = org.schema()
                .object(object.replace("Status", ""))
                .field("Status")
                .orElseThrow();
        int order = 0;
        for (String label : status.values()) {
            Row row = org.add(type, Org.INTEGRATION_USER);
            row.put("MasterLabel", label);
            row.put("ApiName", label);
            row.put("SortOrder", Integer.toString(++order));
            row.put("IsDefault", Boolean.toString(label.equals(status.initial())));
            boolean end = label.equals("Completed") || label.equals("Closed") || label.equals("Closed - Converted");
            row.put(object.equals("LeadStatus") ? "IsConverted" : "IsClosed", Boolean.toString(end));
        }
    }

    private void people(int contacts) {
        int companies = contacts / 10;
        int leads = contacts / 10;
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < companies; i++) {
            Row account = add("Account", i);
            account.put("Name", folk.company(i + 1));
            account.put("Type", "Customer");
            phones(account, folk.phones(contacts + i), "Phone", "Phone");
            org.saved(account);
            accounts.add(account.id());
        }
        for (int i = 0; i < contacts; i++) {
            Row contact = add("Contact", i);
            name(contact);
            if (companies > 0 && i % 4 == 0) {
                contact.put("AccountId", accounts.get(i % companies));
            }
            List<String> fields = List.of("MobilePhone", "Phone", "HomePhone", "OtherPhone", "AssistantPhone");
            phones(
                    contact,
                    Townsfolk.withoutNumber(i) ? List.of() : folk.phones(i),
                    fields.get(i % fields.size()),
                    i % 5 == 1 ? "MobilePhone" : "Phone");
            org.saved(contact);
        }
        for (int i = 0; i < leads; i++) {
            Row lead = add("Lead", i);
            name(lead);
            lead.put("Company", "Заявка с сайта " + (i + 1));
            lead.put("LeadSource", "Web");
            phones(lead, folk.phones(contacts + companies + i), "Phone", "MobilePhone");
            org.saved(lead);
        }
    }

    private Row add(String object, int index) {
        ObjectType type = org.schema().object(object);
        Row row = org.add(
                type,
                Ids.of(type.prefix(), org.next(type.prefix())),
                Org.INTEGRATION_USER,
                born.plusSeconds(index % 86_400));
        row.put("OwnerId", folk.oneOf(owners));
        return row;
    }

    private void name(Row row) {
        Townsfolk.Name person = folk.name();
        row.put("FirstName", person.first());
        row.put("LastName", person.last());
    }

    private static void phones(Row row, List<String> texts, String first, String second) {
        for (int i = 0; i < texts.size(); i++) {
            row.put(i == 0 ? first : second, texts.get(i));
        }
    }
}
