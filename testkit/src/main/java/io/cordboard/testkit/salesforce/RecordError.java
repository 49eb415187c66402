// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import java.util.List;

/** Why one record was not written, while others of the same call may have been. */
final class RecordError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String status;
    private final String text;
    private final transient List<String> fields;
    private final String duplicates;

    private RecordError(String status, String text, List<String> fields, String duplicates) {
        super(status + ": " + text, null, false, false);
        this.status = status;
        this.text = text;
        this.fields = List.copyOf(fields);
        this.duplicates = duplicates;
    }

    static RecordError of(String status, String text, String... fields) {
        return new RecordError(status, text, List.of(fields), "");
    }

    /** An error of a duplicate rule, with what it found as XML. */
    static RecordError duplicates(String found) {
        return new RecordError("DUPLICATES_DETECTED", "Use one of these records?", List.of(), found);
    }

    String status() {
        return status;
    }

    void write(Out out) {
        if (duplicates.isEmpty()) {
            out.open("errors");
        } else {
            out.open("errors", "DuplicateError");
        }
        fields.forEach(field -> out.leaf("fields", field));
        out.leaf("message", text).leaf("statusCode", status).raw(duplicates).close("errors");
    }
}
