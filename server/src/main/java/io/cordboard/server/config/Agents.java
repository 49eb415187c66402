// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.agent.Agent;
import io.cordboard.agent.AgentRoster;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.connector.Settings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the list {@code agents}. */
final class Agents {
    private final YamlFile yaml;
    private final List<AccountConfig> accounts;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    // What is taken already, such as "extension 101 of hq", and whose it is.
    private final Map<String, String> taken = new HashMap<>();

    Agents(YamlFile yaml, List<AccountConfig> accounts) {
        this.yaml = yaml;
        this.accounts = accounts;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    AgentRoster read(List<Item> members) {
        List<Agent> agents = new ArrayList<>();
        int before = yaml.problems().size();
        for (int i = 0; i < members.size(); i++) {
            String place = "agents[" + i + "]";
            if (members.get(i) instanceof Item.Keys keys) {
                agents.add(agent(keys, place));
            } else {
                yaml.problem(members.get(i).line(), place + " must be keys and values such as \"name: Anna\"");
            }
        }
        boolean right = yaml.isFilled() && yaml.problems().size() == before;
        return right ? AgentRoster.of(agents) : AgentRoster.of(List.of());
    }

    private Agent agent(Item.Keys keys, String place) {
        Item.Flat flat = keys.flat();
        Settings settings = new Settings(flat.values());
        String name = settings.text("name");
        once(settings, "name", "the name \"" + name + "\"", name + " (line " + flat.lineOf("name") + ")");
        lines.putIfAbsent(name, flat.lineOf("name"));
        Map<String, Extension> extensions = new LinkedHashMap<>();
        Map<String, String> users = new LinkedHashMap<>();
        String who = name + " (line " + flat.lineOf("name") + ")";
        settings.below("extensions").forEach((pbx, text) -> {
            String key = "extensions." + pbx;
            if (known(settings, key, pbx, Kind.PBX) && isExtension(settings, key, text)) {
                once(settings, key, "the extension " + text + " of " + pbx, who);
                extensions.put(pbx, new Extension(text));
            }
        });
        settings.below("users").forEach((crm, user) -> {
            String key = "users." + crm;
            if (known(settings, key, crm, Kind.CRM)) {
                once(settings, key, "the user " + user + " of " + crm, who);
                users.put(crm, user);
            }
        });
        ZoneId zone = zone(settings);
        ConfigFile.report(yaml, settings, place, flat);
        return new Agent(name.isEmpty() ? place : name, extensions, users, zone);
    }

    private void once(Settings settings, String key, String what, String who) {
        String other = taken.putIfAbsent(what, who);
        if (other != null) {
            settings.problem(key, "gives " + what + " to two agents: " + other + " and " + who + "; remove one");
        }
    }

    private boolean known(Settings settings, String key, String account, Kind kind) {
        List<String> ids = accounts.stream()
                .filter(a -> a.kind() == kind)
                .map(AccountConfig::id)
                .toList();
        if (!ids.contains(account)) {
            settings.problem(
                    key,
                    "names no account of the list " + (kind == Kind.PBX ? "pbx" : "crm") + "; known: "
                            + (ids.isEmpty() ? "none" : String.join(", ", ids)));
        }
        return ids.contains(account);
    }

    private static boolean isExtension(Settings settings, String key, String text) {
        boolean ok = text.matches("[A-Za-z0-9*#_.\\-]{1,20}");
        if (!ok) {
            settings.problem(key, "must be 1 to 20 letters, digits, *, #, -, _ and ., but is \"" + text + "\"");
        }
        return ok;
    }

    private static ZoneId zone(Settings settings) {
        String text = settings.optionalText("timeZone").orElse("UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            settings.problem("timeZone", "must be a time zone such as Europe/Moscow, but is \"" + text + "\"");
            return ZoneId.of("UTC");
        }
    }
}
