// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.whole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PBX's API, as far as it hands out recordings: a link, and behind it a sound of its own for each call. */
final class RecordingShop implements AutoCloseable {
    private static final Pattern WANTED = Pattern.compile("(?:^|&)call_id=([A-Za-z0-9_]+)");

    private final HttpServer server;

    RecordingShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/v1/pbx/record/request/", this::link);
        server.createContext("/sounds/", exchange -> {
            String name = exchange.getRequestURI().getPath().substring("/sounds/".length());
            answer(exchange, 200, "audio/mpeg", sound(name.replace(".mp3", "")));
        });
        server.createContext(
                "/",
                exchange -> answer(
                        exchange, 400, "application/json", text("{\"status\":\"error\",\"message\":\"not here\"}")));
        server.start();
    }

    /** The bytes of a call's recording. */
    static byte[] sound(String call) {
        return text("the sound of " + call);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void link(HttpExchange exchange) throws IOException {
        Matcher wanted = WANTED.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
        String name = wanted.find() ? wanted.group(1) : "nothing";
        String link = url() + "sounds/" + name + ".mp3";
        answer(exchange, 200, "application/json", text("{\"status\":\"success\",\"link\":\"" + link + "\"}"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
