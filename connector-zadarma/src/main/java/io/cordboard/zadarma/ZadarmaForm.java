// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.Webhook;
import io.cordboard.http.Form;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the two shapes in which webhooks come: urlencoded for calls, multipart for everything else. */
final class ZadarmaForm {
    private static final int MOST_FIELDS = 100;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";,]{1,100})\"?");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]{1,100})\"");

    private ZadarmaForm() {}

    /**
     * {@return the fields, decoded; empty when the body is no form that can be read}
     *
     * @param request a webhook
     */
    static Optional<Map<String, String>> read(Webhook.Request request) {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        Optional<String> body = Form.utf8(request.body());
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return body.flatMap(Form::urlencoded);
        }
        if (type.startsWith("multipart/form-data")) {
            Matcher boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
            return boundary.find() ? body.flatMap(text -> multipart(text, boundary.group(1))) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> multipart(String text, String boundary) {
        Map<String, String> fields = new LinkedHashMap<>();
        String[] parts = text.split(Pattern.quote("--" + boundary), MOST_FIELDS + 2);
        for (int i = 1; i < parts.length; i++) {
            int blank = parts[i].indexOf("\r\n\r\n");
            if (blank < 0) {
                continue;
            }
            Matcher name = NAME.matcher(parts[i].substring(0, blank));
            if (name.find() && parts[i].endsWith("\r\n") && parts[i].length() >= blank + 6) {
                fields.putIfAbsent(name.group(1), parts[i].substring(blank + 4, parts[i].length() - 2));
            }
        }
        // A body that was cut off has no closing boundary.
        boolean whole = parts.length > 1 && parts[parts.length - 1].startsWith("--");
        return whole ? Optional.of(fields) : Optional.empty();
    }
}
