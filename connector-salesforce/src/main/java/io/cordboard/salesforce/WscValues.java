// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import com.sforce.soap.partner.DescribeSObjectResult;
import com.sforce.soap.partner.DuplicateError;
import com.sforce.soap.partner.Error;
import com.sforce.soap.partner.MatchRecord;
import com.sforce.soap.partner.MatchResult;
import com.sforce.soap.partner.PicklistEntry;
import com.sforce.soap.partner.QueryResult;
import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.bind.TypeInfo;
import com.sforce.ws.bind.TypeMapper;
import com.sforce.ws.bind.XmlObject;
import com.sforce.ws.bind.XmlTypeInfoProvider;
import com.sforce.ws.parser.XmlInputStream;
import com.sforce.ws.parser.XmlOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Between the records of this connector and those of the SOAP library. */
final class WscValues {
    private WscValues() {}

    static SObject[] write(List<SalesforceApi.Draft> drafts) {
        SObject[] records = new SObject[drafts.size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = write(drafts.get(i));
        }
        return records;
    }

    /** The type comes first, then the id, then the fields: the order of the vendor's description. */
    private static SObject write(SalesforceApi.Draft draft) {
        SObject record = new SObject();
        record.setType(draft.type());
        if (draft.id() != null) {
            record.setId(draft.id());
        }
        draft.fields().forEach((field, value) -> record.setField(field, wire(value)));
        return record;
    }

    /** Everything that the library would write wrongly, or not at all, becomes something that it writes well. */
    private static Object wire(Object value) {
        if (value instanceof Instant at) {
            return calendar(at);
        }
        if (value instanceof LocalDate day) {
            return new Day(day);
        }
        if (value instanceof String
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof byte[]) {
            return value;
        }
        throw new IllegalArgumentException("cannot be written: " + value.getClass());
    }

    static Calendar calendar(Instant at) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(at.toEpochMilli());
        return calendar;
    }

    static SalesforceApi.Rows rows(QueryResult result) {
        List<SalesforceApi.Row> rows = new ArrayList<>(result.getRecords().length);
        for (SObject record : result.getRecords()) {
            rows.add(row(record));
        }
        return new SalesforceApi.Rows(rows, result.isDone() ? null : result.getQueryLocator(), result.getSize());
    }

    static SalesforceApi.Row row(SObject record) {
        Map<String, String> values = new HashMap<>();
        collect(record, "", values);
        String id = record.getId();
        return new SalesforceApi.Row(record.getType(), id == null ? "" : id, values);
    }

    private static void collect(XmlObject record, String prefix, Map<String, String> values) {
        for (Iterator<XmlObject> children = record.getChildren(); children.hasNext(); ) {
            XmlObject child = children.next();
            String name = prefix + child.getName().getLocalPart();
            if (child.hasChildren()) {
                collect(child, name + ".", values);
            } else if (child.getValue() != null) {
                values.putIfAbsent(name, String.valueOf(child.getValue()));
            }
        }
    }

    static SalesforceApi.Saved saved(@Nullable String id, boolean success, Error @Nullable [] errors) {
        List<SalesforceApi.Problem> problems = new ArrayList<>();
        for (Error error : errors == null ? new Error[0] : errors) {
            problems.add(problem(error));
        }
        if (!success && problems.isEmpty()) {
            problems.add(
                    new SalesforceApi.Problem("UNKNOWN_EXCEPTION", "no reason given", List.of(), List.of(), false));
        }
        return new SalesforceApi.Saved(id == null ? "" : id, success ? List.of() : problems);
    }

    private static SalesforceApi.Problem problem(Error error) {
        List<SalesforceApi.Row> twins = new ArrayList<>();
        boolean allowed = false;
        if (error instanceof DuplicateError duplicate && duplicate.getDuplicateResult() != null) {
            allowed = duplicate.getDuplicateResult().isAllowSave();
            for (MatchResult match : duplicate.getDuplicateResult().getMatchResults()) {
                for (MatchRecord found : match.getMatchRecords()) {
                    twins.add(row(found.getRecord()));
                }
            }
        }
        String code = error.getStatusCode() == null ? "" : error.getStatusCode().name();
        String[] fields = error.getFields();
        return new SalesforceApi.Problem(
                code,
                error.getMessage() == null ? "" : WscFaults.shortened(error.getMessage()),
                fields == null ? List.of() : List.of(fields),
                twins,
                allowed);
    }

    static SalesforceApi.Shape shape(DescribeSObjectResult result) {
        Map<String, SalesforceApi.Field> fields = new HashMap<>();
        for (com.sforce.soap.partner.Field field : result.getFields()) {
            fields.put(
                    field.getName().toLowerCase(Locale.ROOT),
                    new SalesforceApi.Field(
                            field.getName(),
                            String.valueOf(field.getType()),
                            field.getLength(),
                            field.isExternalId(),
                            field.isUnique(),
                            field.isCreateable(),
                            field.isRestrictedPicklist(),
                            values(field)));
        }
        return new SalesforceApi.Shape(
                result.getName(), result.isCreateable(), result.isUpdateable(), result.isReplicateable(), fields);
    }

    private static Set<String> values(com.sforce.soap.partner.Field field) {
        Set<String> values = new HashSet<>();
        if (field.getPicklistValues() != null) {
            for (PicklistEntry entry : field.getPicklistValues()) {
                if (entry.isActive()) {
                    values.add(entry.getValue());
                }
            }
        }
        return values;
    }

    static Instant instant(@Nullable Calendar calendar) {
        return calendar == null
                ? Instant.EPOCH
                : calendar.toInstant().atOffset(ZoneOffset.UTC).toInstant();
    }

    /** A day without a time: the library turns every date into a moment, which is another day elsewhere. */
    private static final class Day implements XmlTypeInfoProvider {
        private static final String XSD = "http://www.w3.org/2001/XMLSchema";
        private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";

        private final LocalDate day;

        Day(LocalDate day) {
            this.day = day;
        }

        @Override
        public TypeInfo getTypeInfo(String namespace, String name, TypeMapper mapper) {
            return new TypeInfo(namespace, name, XSD, "date", 0, 1, true);
        }

        @Override
        public void write(QName element, XmlOutputStream out, TypeMapper mapper) throws IOException {
            out.writeStartTag(element.getNamespaceURI(), element.getLocalPart());
            out.writeAttribute(XSI, "type", out.getPrefix(XSD) + ":date");
            out.writeText(day.toString());
            out.writeEndTag(element.getNamespaceURI(), element.getLocalPart());
        }

        @Override
        public void load(XmlInputStream in, TypeMapper mapper) {
            // Days are only written; what is read comes as text.
        }
    }
}
