// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the portal refuses. */
final class RestError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String description;

    RestError(int status, String code, String description) {
        super(status + " " + code + " " + description);
        this.status = status;
        this.code = code;
        this.description = description;
    }

    static RestError core(String description) {
        return new RestError(400, "ERROR_CORE", description);
    }

    /** Many CRM errors have no code. */
    static RestError nameless(String description) {
        return new RestError(400, "", description);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", code);
        body.put("error_description", description);
        return body;
    }

    /** In a batch, a missing scope comes without a description. */
    Map<String, Object> bodyInBatch() {
        Map<String, Object> body = body();
        if (code.equals("insufficient_scope")) {
            body.put("error_description", "");
        }
        return body;
    }
}
