// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.amocrm;

import io.cordboard.testkit.Faults;
import io.cordboard.testkit.Json;
import io.cordboard.testkit.SandboxApp;
import io.cordboard.testkit.SandboxReply;
import io.cordboard.testkit.SandboxRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the account answers: who asks, whether there are too many requests, and what is asked for. */
final class AccountApp implements SandboxApp {
    /** What no document decides, and what else goes wrong. */
    static final Set<String> FAULTS = Set.of(
            "blocked",
            "unpaid",
            "noRights",
            "gatewayTimeout",
            "retryAfter",
            "created201",
            "limitRefused",
            "looseQuery",
            "filtersIgnored",
            "callsFindHidden",
            "pluralTypes",
            "mixedBatch400",
            "bareCallErrors",
            "oldEnum",
            "complexHal",
            "duplicateControl",
            "sipLinkRequired",
            "popUpUsersChecked",
            "unsortedOff",
            "unsortedOnce");

    private final World world;

    AccountApp(World world) {
        this.world = world;
    }

    @Override
    public SandboxReply handle(SandboxRequest request) {
        synchronized (world) {
            Set<String> methods = methods(request);
            methods.forEach(name -> world.account().asked().merge(name, 1, Integer::sum));
            if (world.limits().blocked() || world.faults().strikes("blocked", methods)) {
                return page(403, "403 Forbidden");
            }
            try {
                return answer(request, methods);
            } catch (AmoError e) {
                return e.reply();
            } finally {
                world.account().hooks().flush();
            }
        }
    }

    private SandboxReply answer(SandboxRequest request, Set<String> methods) {
        boolean gone = request.header("host").filter(world.doorman()::left).isPresent();
        if (Set.of("/oauth", "/oauth/").contains(request.path())) {
            return world.doorman().authorize(request);
        }
        if (Set.of("/oauth2/account/current/subdomain", "/oauth2/account/subdomain")
                .contains(request.path())) {
            return world.doorman().whereabouts(request);
        }
        if (gone) {
            throw AmoError.of(404, "There is no such account here");
        }
        if (request.path().equals("/oauth2/access_token")) {
            return world.doorman().token(request);
        }
        String client = world.doorman().check(request.header("authorization").orElse(""));
        if (world.limits().tooMany(client)) {
            return tooMany();
        }
        refuse("unpaid", 402, "Payment Required", methods);
        refuse("noRights", 403, "You have no rights for this", methods);
        refuse("gatewayTimeout", 504, "Gateway timeout", methods);
        String base = world.url().getScheme() + "://"
                + request.header("host").orElse(world.url().getAuthority());
        return world.routes().answer(new Ask(request, Residents.ADMIN, base, request.queryParams()));
    }

    private void refuse(String fault, int status, String detail, Set<String> methods) {
        if (world.faults().strikes(fault, methods)) {
            throw AmoError.of(status, detail);
        }
    }

    private SandboxReply tooMany() {
        SandboxReply reply = page(429, "429 Too Many Requests");
        return world.faults().strikes("retryAfter", Set.of()) ? reply.withHeader("Retry-After", "2") : reply;
    }

    private static SandboxReply page(int status, String title) {
        return SandboxReply.text(
                status,
                "text/html",
                "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
                        + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n");
    }

    @Override
    public Set<String> methods(SandboxRequest request) {
        return Set.of(Routes.name(request.method(), request.path()));
    }

    @Override
    public boolean suffers(Faults.Kind fault, SandboxRequest request) {
        return fault != Faults.Kind.EXPIRED_TOKEN || request.path().startsWith("/api/");
    }

    @Override
    public SandboxReply refuse(Faults.Kind fault) {
        return switch (fault) {
            case RATE_LIMIT -> tooMany();
            case EXPIRED_TOKEN ->
                AmoError.of(401, "Token is invalid or has expired").reply();
            default -> AmoError.of(500, "Internal server error").reply();
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
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        Map<String, Object> p = request.body().length == 0 ? Map.of() : Json.read(request.body());
        synchronized (world) {
            switch (name) {
                case "expire" -> world.doorman().expire();
                case "revoke" -> world.doorman().revoke();
                case "block" -> world.limits().block(!Boolean.FALSE.equals(p.get("on")));
                case "limits" -> limits(p);
                case "move" -> world.doorman().move(String.valueOf(p.get("host")));
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(SandboxReply.json(200, Map.of("done", true)));
    }

    private void limits(Map<String, Object> p) {
        if (p.get("perSecond") instanceof Number client) {
            int account = p.get("account") instanceof Number number ? number.intValue() : 50;
            world.limits().rate(client.intValue(), account);
        } else {
            world.limits().off();
        }
        if (p.get("blockAfter") instanceof Number refusals) {
            world.limits().patience(refusals.intValue());
        }
    }
}
