// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** What people do to records behind a bridge's back: merge them, convert leads, empty the recycle bin. */
final class Conversions {
    private final Org org;
    private final Envelope call;
    private final String user;

    Conversions(Org org, Envelope call, String user) {
        this.org = org;
        this.call = call;
        this.user = user;
    }

    /** The losers go to the recycle bin, what pointed at them points at the winner. */
    String merge() {
        Out out = new Out();
        for (Element request : call.elements("request")) {
            Incoming master = Envelope.child(request, "masterRecord")
                    .map(Incoming::read)
                    .orElseThrow(() -> SoapFault.client("a merge needs a master record"));
            List<String> losers = Envelope.children(request).stream()
                    .filter(element -> "recordToMergeIds".equals(element.getLocalName()))
                    .map(Element::getTextContent)
                    .toList();
            try {
                merge(out, master, losers);
            } catch (RecordError e) {
                out.open("result");
                e.write(out);
                out.nil("id").leaf("success", false).close("result");
            }
        }
        return out.toString();
    }

    private void merge(Out out, Incoming master, List<String> ids) {
        Row winner = alive(master.id());
        List<Row> losers = new ArrayList<>();
        ids.forEach(id -> losers.add(alive(id)));
        Row merged = new RecordWriter(org, call, user, new ArrayList<>()).update(master, winner);
        List<Row> moved = new ArrayList<>();
        losers.forEach(loser -> moved.addAll(move(loser, merged)));
        out.open("result").leaf("id", merged.id());
        losers.forEach(loser -> out.leaf("mergedRecordIds", loser.id()));
        out.leaf("success", true);
        moved.forEach(row -> out.leaf("updatedRelatedIds", row.id()));
        out.close("result");
    }

    private List<Row> move(Row loser, Row winner) {
        List<Row> moved = new ArrayList<>();
        for (ObjectType type : org.schema().objects()) {
            for (FieldType field : type.fields()) {
                if (!field.targets().contains(loser.type().name())) {
                    continue;
                }
                for (Row row : org.rows(type.name())) {
                    if (Ids.key(row.text(field.name())).equals(loser.key())) {
                        row.put(field.name(), winner.id());
                        Org.touch(row, user, org.now());
                        moved.add(row);
                    }
                }
            }
        }
        loser.deleted(org.now());
        org.saved(loser);
        return moved;
    }

    private Row alive(String id) {
        Row row = org.find(id)
                .orElseThrow(() -> RecordError.of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));
        if (row.isDeleted()) {
            throw RecordError.of("ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    /** A lead becomes a contact of an account; the lead itself stays, but nobody calls it by its number any more. */
    String convertLeads() {
        Out out = new Out();
        for (Element request : call.elements("leadConverts")) {
            try {
                convert(out, request);
            } catch (RecordError e) {
                out.open("result").nil("accountId").nil("contactId");
                e.write(out);
                out.nil("leadId").nil("opportunityId").leaf("success", false).close("result");
            }
        }
        return out.toString();
    }

    private void convert(Out out, Element request) {
        Row lead = alive(text(request, "leadId").orElse(""));
        if (lead.text("IsConverted").equals("true")) {
            throw RecordError.of("CANNOT_UPDATE_CONVERTED_LEAD", "lead is already converted");
        }
        String account = text(request, "accountId").orElseGet(() -> {
            Row made = org.add(org.schema().object("Account"), user);
            made.put("Name", lead.text("Company"));
            made.put("OwnerId", lead.get("OwnerId"));
            org.saved(made);
            return made.id();
        });
        String contact = text(request, "contactId").orElseGet(() -> {
            Row made = org.add(org.schema().object("Contact"), user);
            for (String field : List.of("FirstName", "LastName", "Phone", "MobilePhone", "Fax", "Email", "OwnerId")) {
                made.put(field, lead.get(field));
            }
            made.put("AccountId", account);
            org.saved(made);
            return made.id();
        });
        lead.put("IsConverted", "true");
        lead.put("Status", text(request, "convertedStatus").orElse("Closed - Converted"));
        lead.put("ConvertedAccountId", account);
        lead.put("ConvertedContactId", contact);
        lead.put("ConvertedDate", Org.stamp(org.now()).substring(0, "yyyy-mm-dd".length()));
        Org.touch(lead, user, org.now());
        org.saved(lead);
        for (Row task : org.rows("Task")) {
            if (Ids.key(task.text("WhoId")).equals(lead.key())) {
                task.put("WhoId", contact);
                Org.touch(task, user, org.now());
                org.saved(task);
            }
        }
        out.open("result").leaf("accountId", account).leaf("contactId", contact);
        out.leaf("leadId", lead.id()).nil("opportunityId").leaf("success", true).close("result");
    }

    private static Optional<String> text(Element request, String name) {
        return Envelope.child(request, name)
                .filter(element -> !Envelope.isNil(element))
                .map(element -> element.getTextContent().strip())
                .filter(value -> !value.isEmpty());
    }

    /** What was in the bin is gone for ever. */
    String emptyBin() {
        Out out = new Out();
        for (String id : call.texts("ids")) {
            Optional<Row> row = org.find(id).filter(Row::isDeleted);
            row.ifPresent(gone -> org.table(gone.type()).remove(gone.key()));
            out.open("result");
            if (row.isEmpty()) {
                RecordError.of("INVALID_ID_FIELD", "the record is not in the recycle bin")
                        .write(out);
            }
            out.leaf("id", id).leaf("success", row.isPresent()).close("result");
        }
        return out.toString();
    }
}
