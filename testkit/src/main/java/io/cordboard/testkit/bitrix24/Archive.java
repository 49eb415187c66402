// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import io.cordboard.testkit.Form;
import io.cordboard.testkit.Multipart;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import io.cordboard.testkit.bitrix24.PortalCall.Sound;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recordings and transcripts: {@code attachRecord} in its three forms, the upload, {@code attachTranscription}. */
final class Archive {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Portal portal;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<String, Upload> uploads = new HashMap<>();
    private String endpoint = "";

    Archive(Portal portal) {
        this.portal = portal;
    }

    void endpoint(URI url) {
        endpoint = url.toString();
    }

    void into(Map<String, RestMethod> methods) {
        methods.put("telephony.externalcall.attachrecord", (p, auth) -> attach(p, auth));
        methods.put("telephony.call.attachtranscription", (p, auth) -> transcribe(p));
    }

    private Answer attach(Params p, Auth auth) {
        Optional<String> url = p.some("RECORD_URL");
        boolean named = p.has("FILENAME");
        if (url.isEmpty() && !named) {
            throw RestError.core(
                    "Required parameters are not set. Request should contain either URL or FILENAME parameter");
        }
        PortalCall call = portal.calls().get(p.text("CALL_ID"));
        if (call == null || call.finish == null) {
            throw RestError.core("Call is not found in the statistic table. It looks like it is not finished yet.");
        }
        if (url.isPresent()) {
            String path = URI.create(url.get()).getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            return Answer.of(keep(call, named ? p.text("FILENAME") : name, download(url.get())));
        }
        String name = p.text("FILENAME");
        checkName(name);
        if (p.has("FILE_CONTENT")) {
            return Answer.of(keep(call, name, decode(p.text("FILE_CONTENT"))));
        }
        String token = "telephony|" + portal.hex(40);
        uploads.put(token, new Upload(call.id, name));
        Map<String, Object> result = new LinkedHashMap<>();
        String credential = auth.application() ? auth.credential() : portal.hex(32);
        result.put(
                "uploadUrl", endpoint + "/rest/upload.json?" + Form.write(order("auth", credential, "token", token)));
        result.put("fieldName", "file");
        return Answer.of(result);
    }

    private static Map<String, String> order(String a, String b, String c, String d) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(a, b);
        map.put(c, d);
        return map;
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw RestError.core("File name is empty");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.endsWith(".wav") && !lower.endsWith(".mp3")) {
            throw RestError.core("Wrong file extension. Only wav and mp3 are allowed");
        }
    }

    private static byte[] decode(String content) {
        if (content.isEmpty()) {
            throw RestError.core("File content is empty.");
        }
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw RestError.core("File content is not properly encoded. Base64 encoding is expected.");
        }
    }

    private byte[] download(String url) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw RestError.core("Server returns HTTP error code " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw RestError.core("Server returns HTTP error code 0");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RestError.core("Server returns HTTP error code 0");
        }
    }

    private Map<String, Object> keep(PortalCall call, String name, byte[] content) {
        checkName(name);
        if (content.length == 0) {
            throw RestError.core("File content is empty.");
        }
        int file = 9000 + portal.next("file");
        call.record = new Sound(file, name, content);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("FILE_ID", file);
        return result;
    }

    /** The answer to a file that comes to an upload address. */
    SandboxReply upload(SandboxRequest request) {
        Upload upload = uploads.get(Params.textOf(request.queryParams().get("token")));
        if (upload == null) {
            throw new RestError(403, "ACCESS_DENIED", "Access denied!");
        }
        @Nullable Object part = request.bodyParams().get("file");
        if (!(part instanceof Multipart.Part file)) {
            throw RestError.core("File content is empty.");
        }
        PortalCall call = portal.calls().get(upload.call);
        if (call == null) {
            throw RestError.core("Call is not found in the statistic table. It looks like it is not finished yet.");
        }
        return SandboxReply.json(200, Map.of("result", keep(call, upload.name, file.content())));
    }

    private Answer transcribe(Params p) {
        if (p.text("CALL_ID").isEmpty()) {
            throw RestError.core("CALL_ID should be set");
        }
        if (!(p.raw("MESSAGES") instanceof List) && !(p.raw("MESSAGES") instanceof Map)) {
            throw RestError.core("MESSAGES should be an array");
        }
        List<Object> messages = p.list("MESSAGES");
        for (int i = 0; i < messages.size(); i++) {
            check(i, new Params(Params.mapOf(messages.get(i))));
        }
        PortalCall call = portal.calls().get(p.text("CALL_ID"));
        if (call == null || call.finish == null) {
            throw RestError.core("Call " + p.text("CALL_ID") + " is not found. Is it finished?");
        }
        messages.forEach(message -> call.transcript.add(Params.mapOf(message)));
        return Answer.of(Map.of("TRANSCRIPT_ID", portal.next("transcript")));
    }

    private static void check(int index, Params message) {
        String where = "MESSAGES[" + index + "]";
        if (!List.of("User", "Client").contains(message.text("SIDE"))) {
            throw RestError.core(where + "[SIDE] should be either Client or User");
        }
        if (message.number("START_TIME").orElse(-1) < 0) {
            throw RestError.core(where + "[START_TIME] should be greater or equal to zero");
        }
        if (message.number("STOP_TIME").orElse(0) <= 0) {
            throw RestError.core(where + "[STOP_TIME] should be greater than zero");
        }
        if (message.text("MESSAGE").isEmpty()) {
            throw RestError.core(where + "[MESSAGE] is empty");
        }
    }

    private record Upload(String call, String name) {}
}
