// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.asterisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a FastAGI script, as Asterisk runs it from the dial plan. */
final class AgiCall {
    private static final Logger LOG = LoggerFactory.getLogger(AgiCall.class);
    private static final int PATIENCE = 10_000;
    private static final Pattern SET = Pattern.compile("SET VARIABLE \"([^\"]+)\" \"(.*)\"");

    private AgiCall() {}

    /** {@return the variables that the script sets; none when nobody listens, and the dial plan goes on} */
    static Map<String, String> ask(int port, Trace.Message caller) {
        Map<String, String> variables = new LinkedHashMap<>();
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            OutputStream out = socket.getOutputStream();
            say(out, request(port, caller));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher set = SET.matcher(line);
                if (set.matches()) {
                    variables.put(set.group(1), set.group(2));
                }
                say(out, "200 result=1\n");
            }
        } catch (IOException e) {
            LOG.debug("the script did not run to its end", e);
        }
        return variables;
    }

    private static String request(int port, Trace.Message caller) {
        String line = caller.field("Exten").orElse("");
        return "agi_network: yes\nagi_network_script: route?did=" + line + "\nagi_request: agi://127.0.0.1:" + port
                + "/route?did=" + line + "\nagi_channel: "
                + caller.field("Channel").orElse("") + "\nagi_uniqueid: "
                + caller.field("Uniqueid").orElse("") + "\nagi_callerid: "
                + caller.field("CallerIDNum").orElse("") + "\nagi_context: "
                + caller.field("Context").orElse("") + "\nagi_extension: " + line + "\nagi_priority: 3\n\n";
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
