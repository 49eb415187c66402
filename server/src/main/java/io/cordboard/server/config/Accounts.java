// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.connector.ConnectorFactory;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.connector.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the lists {@code pbx} and {@code crm}. */
final class Accounts {
    /** The keys that every account may have; the rest belongs to its connector. */
    private static final Set<String> COMMON = Set.of("id", "type", "region", "hookSecret");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,60}");
    private static final Pattern HOOK_SECRET = Pattern.compile("[A-Za-z0-9_-]{16,100}");

    private final YamlFile yaml;
    private final String region;
    private final List<AccountConfig> found = new ArrayList<>();

    Accounts(YamlFile yaml, String region) {
        this.yaml = yaml;
        this.region = region;
    }

    List<AccountConfig> found() {
        return found;
    }

    void read(List<Item> members, String list, Kind kind) {
        for (int i = 0; i < members.size(); i++) {
            String place = list + "[" + i + "]";
            if (members.get(i) instanceof Item.Keys keys) {
                account(keys, place, kind);
            } else {
                yaml.problem(members.get(i).line(), place + " must be keys and values such as \"id: main\"");
            }
        }
    }

    private void account(Item.Keys keys, String place, Kind kind) {
        Item.Flat flat = keys.flat();
        Map<String, String> common = new TreeMap<>(flat.values());
        Map<String, String> own = new TreeMap<>(flat.values());
        common.keySet().retainAll(COMMON);
        own.keySet().removeAll(COMMON);
        Settings settings = new Settings(common);
        String id = id(settings);
        String type = type(settings, kind);
        String ownRegion = ConfigFile.checkedRegion(
                settings, settings.optionalText("region").orElse(region));
        Optional<String> secret = settings.optionalText("hookSecret");
        secret.filter(text -> !HOOK_SECRET.matcher(text).matches())
                .ifPresent(text -> settings.problem(
                        "hookSecret", "must be 16 to 100 letters, digits, - and _; leave it out to have one made"));
        ConfigFile.report(yaml, settings, place, flat);
        found.add(new AccountConfig(id, type, kind, ownRegion, secret, own, place, keys.line(), flat.lines()));
    }

    private String id(Settings settings) {
        String id = settings.text("id");
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            settings.problem("id", "must be 1 to 60 letters, digits, -, _ and ., but is \"" + id + "\"");
        }
        found.stream()
                .filter(other -> other.id().equals(id) && !id.isEmpty())
                .findFirst()
                .ifPresent(other -> settings.problem(
                        "id",
                        "\"" + id + "\" is already the id of " + other.place() + " (line " + other.lineOf("id")
                                + "); give each account its own"));
        return id;
    }

    private static String type(Settings settings, Kind kind) {
        String type = settings.text("type");
        Map<String, Kind> known = known();
        if (type.isEmpty() || kind == known.get(type)) {
            return type;
        }
        String list = kind == Kind.PBX ? "pbx" : "crm";
        Set<String> allowed = new TreeSet<>();
        known.forEach((vendor, its) -> {
            if (its == kind) {
                allowed.add(vendor);
            }
        });
        String found = known.containsKey(type)
                ? "\"" + type + "\" does not belong into the list " + list
                : "\"" + type + "\" is not a known vendor";
        settings.problem("type", found + "; known here: " + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
        return type;
    }

    private static Map<String, Kind> known() {
        Map<String, Kind> known = new TreeMap<>();
        ServiceLoader.load(ConnectorFactory.class).forEach(factory -> known.put(factory.type(), factory.kind()));
        return known;
    }
}
