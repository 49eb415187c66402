// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordboard.connector.ConnectorException;
import io.cordboard.connector.Finding;
import io.cordboard.mango.MangoApi.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whether an account is as it should be. */
final class MangoCheck {
    private final String account;
    private final MangoApi api;
    private final MangoDirectory directory;
    private final MangoSettings settings;
    private final boolean published;
    private final @Nullable Instant heard;

    MangoCheck(Mango.Parts parts, MangoApi api, MangoDirectory directory, @Nullable Instant heard) {
        this.account = parts.context().account();
        this.api = api;
        this.directory = directory;
        this.settings = parts.settings();
        this.published = parts.context().webhookUrl().isPresent();
        this.heard = heard;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        try {
            // When the first question fails, the others would only repeat why - and might lock the account.
            JsonNode balance = api.ask(Limit.BALANCE, "account/balance", MangoCommands.params());
            findings.add(Finding.ok("Mango takes key and salt", account + ".key"));
            findings.add(
                    balance.path("balance").asDouble(1) <= 0
                            ? Finding.warn(
                                    "the balance is used up", account, "top it up, or calls will not be put through")
                            : Finding.ok("there is a balance", account));
            directory.load();
            people(findings);
        } catch (ConnectorException e) {
            findings.add(Finding.fail(String.valueOf(e.getMessage()), account, advice(e)));
        }
        events(findings);
        return findings;
    }

    private void people(List<Finding> findings) {
        long without = directory.known().stream()
                .filter(user -> user.extension() == null)
                .count();
        if (directory.known().isEmpty()) {
            findings.add(Finding.warn("the PBX has no employees", account, "create one for each agent in the cabinet"));
        } else if (without > 0) {
            findings.add(Finding.warn(
                    without + " employees have no extension",
                    account,
                    "give each agent one in the cabinet: events name people by it"));
        } else {
            findings.add(Finding.ok("the PBX has " + directory.known().size() + " employees with extensions", account));
        }
        directory.groups().forEach((number, group) -> {
            if (group.members().isEmpty()) {
                findings.add(Finding.warn(
                        "group " + number + " (" + group.name() + ") has no operators",
                        account,
                        "add operators in the cabinet, or calls to it are missed"));
            } else {
                findings.add(Finding.ok(
                        "group " + number + " (" + group.name() + ") has "
                                + group.members().size() + " operators",
                        account));
            }
        });
    }

    private void events(List<Finding> findings) {
        String where = account + ".webhook";
        if (heard != null) {
            findings.add(Finding.ok("Mango's events arrive, and their signatures are right", where));
        } else if (published) {
            findings.add(Finding.warn(
                    "no event of Mango has come yet",
                    where,
                    "enter the webhook's address in the cabinet as the address of the external system, and press its"
                            + " connection check"));
        } else {
            findings.add(Finding.fail(
                    "Mango cannot reach this server",
                    where,
                    "set http.publicUrl to the https address by which this server is reached; it has to take TLS 1.2"));
        }
        if (!settings.routes()) {
            findings.add(Finding.warn("no call is routed", account + ".routing.at", "write ivr, queue or both"));
        }
        Optional<String> zone = Optional.of(settings.timeZone().getId()).filter(id -> !id.equals("Europe/Moscow"));
        zone.ifPresent(id -> findings.add(Finding.warn(
                "statistics are asked for in the time of " + id,
                account + ".timeZone",
                "Mango documents Moscow time; leave timeZone out unless yours differs")));
    }

    private static String advice(ConnectorException e) {
        return switch (e.reason()) {
            case REAUTHORISE -> "compare key and salt with the cabinet: Integrations, API connector";
            case FORBIDDEN -> "switch the API connector on for this product, and allow this server's address in it";
            case NOT_FOUND -> "check apiUrl";
            case RATE_LIMITED -> "wait a minute; somebody else may use the same key";
            case UNAVAILABLE, UNCLEAR ->
                "check apiUrl, the way out of this network and the addresses that the cabinet allows";
            case REFUSED -> "the code is explained in the document of the VPBX API";
        };
    }
}
