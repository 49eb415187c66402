// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that the account refuses, as {@code application/problem+json}. */
final class AmoError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Map<Integer, String> TITLES = Map.of(
            400,
            "Bad Request",
            401,
            "Unauthorized",
            402,
            "Payment Required",
            403,
            "Forbidden",
            404,
            "Not Found",
            405,
            "Method Not Allowed",
            500,
            "Internal Server Error",
            504,
            "Gateway Timeout");

    private final int status;
    // Errors are made and read within one request, never sent elsewhere.
    private final transient Map<String, Object> body;

    private AmoError(int status, Map<String, Object> body) {
        super(String.valueOf(body.get("detail")), null, false, false);
        this.status = status;
        this.body = body;
    }

    static AmoError of(int status, String detail) {
        return new AmoError(status, problem(status, detail));
    }

    private static Map<String, Object> problem(int status, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", TITLES.getOrDefault(status, "Error"));
        body.put("type", "https://httpstatus.es/" + status);
        body.put("status", status);
        body.put("detail", detail);
        return body;
    }

    /** A body that breaks the rules; nothing of it was done. */
    static AmoError invalid(List<Map<String, Object>> validationErrors) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("validation-errors", validationErrors);
        body.putAll(problem(400, "Request validation failed"));
        return new AmoError(400, body);
    }

    /** A body of another shape. */
    static AmoError with(int status, Map<String, Object> body) {
        return new AmoError(status, body);
    }

    int status() {
        return status;
    }

    SandboxReply reply() {
        return new SandboxReply(status, "application/problem+json", Json.write(body), Map.of());
    }
}
