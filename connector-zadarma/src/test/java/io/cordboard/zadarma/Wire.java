// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.connector.Webhook;
import io.cordboard.zadarma.ZadarmaMessages.Kind;
import io.cordboard.zadarma.ZadarmaMessages.Notice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Webhooks as Zadarma sends them: field sets and formats of real ones, with numbers that are made up. */
final class Wire {
    static final String SECRET = "fedcba98765432100123";
    static final String IN = "in_b9ece52e1505a214e6ba05f93430ec60bd5213bf";
    static final String OUT = "out_dcb22bcd4e78fa4b627aa2e0c67d0191cd0a5068";
    static final String RECORDING = "1585918082.92858";

    private Wire() {}

    static Map<String, String> incoming(String event, String wall, String... more) {
        return fields(event, wall, IN, "caller_id", "+442037691880", "called_did", "442037691881", more);
    }

    static Map<String, String> answer(String wall, String internal) {
        return fields(
                "NOTIFY_ANSWER",
                wall,
                IN,
                "caller_id",
                "+442037691880",
                "destination",
                "442037691881",
                "internal",
                internal);
    }

    static Map<String, String> ended(String wall, String disposition, String... more) {
        Map<String, String> fields = incoming("NOTIFY_END", wall, more);
        fields.putIfAbsent("duration", "0");
        fields.put("disposition", disposition);
        fields.put("status_code", "16");
        fields.putIfAbsent("is_recorded", "0");
        return fields;
    }

    static Map<String, String> outgoing(String event, String wall, String... more) {
        return fields(event, wall, OUT, "caller_id", "0", "internal", "100", withDestination(more));
    }

    static Map<String, String> record() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", "NOTIFY_RECORD");
        fields.put("pbx_call_id", IN);
        fields.put("call_id_with_rec", RECORDING);
        return fields;
    }

    static Notice notice(Map<String, String> fields) {
        return new Notice(Kind.read(fields.getOrDefault("event", "")).orElseThrow(), fields);
    }

    /** {@return the webhook, signed with {@link #SECRET}} */
    static Webhook.Request signed(Map<String, String> fields) {
        return request(
                fields, new ZadarmaSignature(SECRET).ofWebhook(notice(fields).signed()));
    }

    static Webhook.Request request(Map<String, String> fields, String signature) {
        return request("application/x-www-form-urlencoded", form(fields), signature);
    }

    static Webhook.Request request(String contentType, String body, String signature) {
        Map<String, String> headers = new HashMap<>();
        headers.put("user-agent", "Zadarma API v1");
        headers.put("content-type", contentType);
        headers.put("signature", signature);
        return new Webhook.Request("POST", "", headers, body.getBytes(StandardCharsets.UTF_8), "185.45.152.42");
    }

    static String form(Map<String, String> fields) {
        StringJoiner form = new StringJoiner("&");
        fields.forEach((name, value) -> form.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }

    private static String[] withDestination(String... more) {
        String[] all = new String[more.length + 2];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = "destination";
        all[more.length + 1] = "+442037691882";
        return all;
    }

    private static Map<String, String> fields(String event, String wall, String id, Object... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("call_start", wall);
        fields.put("pbx_call_id", id);
        String name = "";
        for (Object pair : pairs) {
            for (String text : pair instanceof String[] many ? many : new String[] {String.valueOf(pair)}) {
                if (name.isEmpty()) {
                    name = text;
                } else {
                    fields.putIfAbsent(name, text);
                    name = "";
                }
            }
        }
        return fields;
    }
}
