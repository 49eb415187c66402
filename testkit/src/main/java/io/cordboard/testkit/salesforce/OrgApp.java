// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** What the organisation answers over HTTP: tokens, SOAP, and pages when it is ill. */
final class OrgApp implements SandboxApp {
    private static final Pattern SOAP = Pattern.compile("/services/Soap/u/(\\d+)(?:\\.\\d)?(?:/\\w+)?/?");
    private static final Pattern OAUTH = Pattern.compile("/services/oauth2/(\\w+)/?");
    private static final String XML = "text/xml;charset=UTF-8";
    private static final int OLDEST = 31;
    private static final int NEWEST = 68;
    private static final int LAST_LOGIN = 64;

    private final OrgWorld world;
    private final Answers answers;
    // What the faults were asked about last, by the thread that is to handle it, so that it is not parsed twice.
    private final Map<Thread, Envelope> parsed = new ConcurrentHashMap<>();

    OrgApp(OrgWorld world) {
        this.world = world;
        this.answers = new Answers(world);
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        Matcher soap = SOAP.matcher(request.path());
        Matcher oauth = OAUTH.matcher(request.path());
        synchronized (world) {
            if (request.method().equals("POST") && soap.matches()) {
                return soap(request, Integer.parseInt(soap.group(1)));
            }
            if (oauth.matches()) {
                return oauth(request, oauth.group(1));
            }
        }
        return page(404, "URL No Longer Exists");
    }

    private SandboxReply oauth(SandboxRequest request, String what) {
        count("oauth." + what);
        switch (what) {
            case "token" -> {
                return world.sessions().token(request);
            }
            case "revoke" -> {
                world.sessions().end(String.valueOf(request.params().get("token")));
                return SandboxReply.text(200, "text/plain", "");
            }
            default -> {
                return page(404, "URL No Longer Exists");
            }
        }
    }

    private SandboxReply soap(SandboxRequest request, int version) {
        SandboxReply reply;
        try {
            reply = answered(request, version);
        } catch (SoapFault e) {
            reply = fault(e);
        }
        boolean zip = request.header("accept-encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
        return zip && reply.body().length > 0 ? zipped(reply) : reply;
    }

    private SandboxReply answered(SandboxRequest request, int version) {
        if (version < OLDEST || version > NEWEST) {
            throw SoapFault.unexpected("UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
        }
        Envelope call = envelope(request);
        count(call.operation());
        Optional<SandboxReply> odd = answers.instead(call);
        if (odd.isPresent()) {
            return odd.get();
        }
        if (call.operation().equals("login")) {
            return xml(answers.envelope(call, login(call, version)));
        }
        String token = call.session().orElse("");
        String user = world.sessions().user(token).orElseThrow(() -> SoapFault.session(hash(token)));
        if (!world.spend()) {
            throw SoapFault.unexpected("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
        }
        return answers.after(call, xml(answers.envelope(call, new Operations(world, call, user).run())));
    }

    /** Something that tells one lost session from another and gives nothing away. */
    private static String hash(String token) {
        return token.isEmpty() ? "" : Integer.toString(token.hashCode() & Integer.MAX_VALUE, 36) + "=";
    }

    private String login(Envelope call, int version) {
        if (version > LAST_LOGIN) {
            throw SoapFault.login(
                    "INVALID_OPERATION",
                    "The SOAP Login operation is not available in the API version specified (" + version
                            + ".0). Refer to the documentation for supported versions.");
        }
        if (!world.switches().on("soapLogin")) {
            throw SoapFault.login("INVALID_OPERATION", "SOAP API login() is disabled by default in this org.");
        }
        String name = call.text("username");
        Row user = world.get().rows("User").stream()
                .filter(row -> row.text("Username").equalsIgnoreCase(name))
                .filter(row -> call.text("password").equals("secret-" + row.text("Alias")))
                .findFirst()
                .orElseThrow(() -> SoapFault.login(
                        "INVALID_LOGIN", "Invalid username, password, security token; or user locked out."));
        String end = version + ".0/" + Org.ID;
        return new Out()
                .open("result")
                .leaf("metadataServerUrl", world.url() + "/services/Soap/m/" + end)
                .leaf("passwordExpired", false)
                .leaf("sandbox", false)
                .leaf("serverUrl", world.url() + "/services/Soap/u/" + end)
                .leaf("sessionId", world.sessions().open(user.key()))
                .leaf("userId", user.id())
                .raw(Operations.userInfo("userInfo", world, user.key()))
                .close("result")
                .toString();
    }

    private void count(String method) {
        world.asked().merge(method, 1, Integer::sum);
    }

    private Envelope envelope(SandboxRequest request) {
        Envelope known = parsed.remove(Thread.currentThread());
        return known == null ? Envelope.read(request) : known;
    }

    static SandboxReply xml(String text) {
        return SandboxReply.text(200, XML, text);
    }

    static SandboxReply fault(SoapFault fault) {
        return SandboxReply.text(500, XML, fault.envelope());
    }

    static SandboxReply page(int status, String text) {
        return SandboxReply.text(
                status,
                "text/html;charset=UTF-8",
                "<html><head><title>" + text + "</title></head><body>" + text + "</body></html>");
    }

    private static SandboxReply zipped(SandboxReply reply) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                zip.write(reply.body());
            }
            return new SandboxReply(reply.status(), reply.contentType(), bytes.toByteArray(), reply.headers())
                    .withHeader("Content-Encoding", "gzip");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        Matcher oauth = OAUTH.matcher(request.path());
        if (oauth.matches()) {
            return Set.of("oauth." + oauth.group(1));
        }
        parsed.remove(Thread.currentThread());
        if (!SOAP.matcher(request.path()).matches()) {
            return Set.of();
        }
        try {
            Envelope envelope = Envelope.read(request);
            parsed.put(Thread.currentThread(), envelope);
            return envelope.methods();
        } catch (SoapFault e) {
            return Set.of();
        }
    }

    @Override
    public boolean suffers(Faults.Kind fault, SandboxRequest request) {
        return fault == Faults.Kind.SERVER_ERROR || SOAP.matcher(request.path()).matches();
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        return switch (fault) {
            case RATE_LIMIT -> fault(Answers.concurrent());
            case EXPIRED_TOKEN -> fault(SoapFault.session(hash("expired")));
            default -> page(503, "Maintenance");
        };
    }

    @Override
    public Map<String, Object> state() {
        synchronized (world) {
            return world.state();
        }
    }

    @Override
    public void reset() {
        synchronized (world) {
            world.begin();
        }
    }

    @Override
    public Optional<SandboxReply> control(String name, SandboxRequest request) {
        if (!request.method().equals("POST") || !name.equals("switches")) {
            return Optional.empty();
        }
        synchronized (world) {
            world.switches().set(Json.read(request.body()));
            return Optional.of(SandboxReply.json(200, world.switches().all()));
        }
    }

    /** A body as it is, for answers that are no XML. */
    static SandboxReply raw(int status, String type, String body) {
        return new SandboxReply(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
