// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.config;

import io.cordboard.agent.AgentRoster;
import io.cordboard.connector.ConnectorFactory.Kind;
import io.cordboard.connector.Settings;
import io.cordboard.connector.SettingsException;
import io.cordboard.playbook.Rules;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads configuration files: YAML in, a {@link ServerConfig} or every mistake at once out. */
public final class ConfigFile {
    private static final Set<String> TEXTS = Set.of("store", "region", "settleAfter", "wrapUp");
    private static final Item.Keys NOTHING = new Item.Keys(Map.of(), Map.of(), 1);

    private final Path path;
    private final YamlFile yaml;

    private ConfigFile(Path path, YamlFile yaml) {
        this.path = path;
        this.yaml = yaml;
    }

    /**
     * {@return what a file says}
     *
     * @param path the file
     * @param environment the values of {@code ${NAME}}, null for a name that is not set
     * @throws ConfigException with every mistake
     */
    public static ServerConfig read(Path path, UnaryOperator<@Nullable String> environment) {
        YamlFile yaml = new YamlFile(path.toString(), environment);
        Optional<Item> root = yaml.read(path);
        Optional<ServerConfig> config = root.flatMap(item -> new ConfigFile(path, yaml).config(item));
        if (config.isEmpty() || !yaml.problems().isEmpty()) {
            throw new ConfigException(yaml.problems());
        }
        return config.get();
    }

    private Optional<ServerConfig> config(Item root) {
        if (!(root instanceof Item.Keys keys)) {
            yaml.problem(root.line(), "must be keys and values such as \"store: ./data\", but is " + root.kind());
            return Optional.empty();
        }
        List<String> sections = List.of("http", "pbx", "crm", "agents", "rules", "desk");
        Settings top = new Settings(simple(keys, sections));
        Path store = store(top);
        String region = region(top);
        Duration settleAfter = top.duration("settleAfter", Duration.ofSeconds(5));
        Duration wrapUp = top.duration("wrapUp", Duration.ZERO);
        sections.forEach(top::optionalText);
        finish(top, "", keys.flat());
        HttpConfig http = http(section(keys, "http"));
        Accounts accounts = new Accounts(yaml, region);
        accounts.read(list(keys, "pbx"), "pbx", Kind.PBX);
        accounts.read(list(keys, "crm"), "crm", Kind.CRM);
        Agents agents = new Agents(yaml, accounts.found());
        AgentRoster roster = agents.read(list(keys, "agents"));
        Item.Flat ruleKeys = section(keys, "rules").flat();
        Settings ruleSettings = new Settings(ruleKeys.values());
        Rules rules = RuleKeys.read(ruleSettings, roster);
        finish(ruleSettings, "rules", ruleKeys);
        return Optional.of(new ServerConfig(
                path.toString(),
                store,
                region,
                http,
                accounts.found(),
                roster,
                agents.lines(),
                rules,
                keys.flat().lines(),
                settleAfter,
                wrapUp,
                desk(section(keys, "desk"))));
    }

    private DeskConfig desk(Item.Keys section) {
        Item.Flat flat = section.flat();
        Settings settings = new Settings(flat.values());
        List<String> dispositions = settings.texts("dispositions");
        List<String> departments = settings.texts("departments");
        finish(settings, "desk", flat);
        return new DeskConfig(dispositions, departments);
    }

    /** The texts directly at the top, and a stand-in for each section so that unknown ones are noticed. */
    private Map<String, String> simple(Item.Keys keys, List<String> sections) {
        Map<String, String> values = new TreeMap<>();
        keys.items().forEach((key, item) -> {
            if (item instanceof Item.Text text) {
                values.put(key, text.value());
            } else if (TEXTS.contains(key)) {
                yaml.problem(item.line(), key + " must be a text, but is " + item.kind());
            } else {
                values.put(key, sections.contains(key) ? "..." : "");
            }
        });
        return values;
    }

    private Path store(Settings top) {
        String text = top.optionalText("store").orElse("./data");
        Path folder = path.toAbsolutePath().getParent();
        return folder == null ? Path.of(text) : folder.resolve(text).normalize();
    }

    private static String region(Settings top) {
        return checkedRegion(top, top.optionalText("region").orElse("RU"));
    }

    static String checkedRegion(Settings settings, String text) {
        if (!text.isEmpty() && !List.of(Locale.getISOCountries()).contains(text)) {
            settings.problem("region", "must be a country of ISO 3166 such as RU, but is \"" + text + "\"");
        }
        return text;
    }

    private HttpConfig http(Item.Keys section) {
        Item.Flat flat = section.flat();
        Settings settings = new Settings(flat.values());
        InetSocketAddress listen = listen(settings);
        Optional<URI> publicUrl = settings.optionalText("publicUrl").map(text -> settings.uri("publicUrl"));
        Optional<String> token = settings.optionalText("token");
        token.filter(t -> t.length() < 8)
                .ifPresent(t -> settings.problem("token", "is shorter than 8 characters; use a longer secret"));
        List<String> proxies = settings.texts("trustedProxies");
        finish(settings, "http", flat);
        Optional<URI> plain = publicUrl.map(url -> URI.create(url.toString().replaceAll("/+$", "")));
        return new HttpConfig(listen, plain, token, proxies);
    }

    // A name of this machine is listened on at its first address, as every server does.
    @SuppressWarnings("AddressSelection")
    private static InetSocketAddress listen(Settings settings) {
        String text = settings.optionalText("listen").orElse("127.0.0.1:8080");
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0)).replace("[", "").replace("]", "");
        Optional<Integer> port = number(text.substring(colon + 1)).filter(n -> n >= 0 && n <= 65_535);
        if (colon < 1 || host.isBlank() || port.isEmpty()) {
            settings.problem("listen", "must be an address and a port such as 127.0.0.1:8080, but is \"" + text + "\"");
            return new InetSocketAddress("127.0.0.1", 0);
        }
        InetSocketAddress address = new InetSocketAddress(host, port.get());
        if (address.isUnresolved()) {
            settings.problem("listen", "names the host \"" + host + "\", which is not known; use 127.0.0.1 or 0.0.0.0");
        }
        return address;
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Item.Keys section(Item.Keys keys, String name) {
        Item item = keys.items().get(name);
        if (item instanceof Item.Keys section) {
            return section;
        }
        if (item != null && !(item instanceof Item.Text text && text.value().isEmpty())) {
            yaml.problem(item.line(), name + " must be keys and values, but is " + item.kind());
        }
        return NOTHING;
    }

    private List<Item> list(Item.Keys keys, String name) {
        Item item = keys.items().get(name);
        if (item instanceof Item.Members members) {
            return members.items();
        }
        if (item != null && !(item instanceof Item.Text text && text.value().isEmpty())) {
            yaml.problem(
                    item.line(), name + " must be a list, each member beginning with \"- \", but is " + item.kind());
        }
        return new ArrayList<>();
    }

    private void finish(Settings settings, String place, Item.Flat flat) {
        report(yaml, settings, place, flat);
    }

    /** Ends the reading of a section and tells its mistakes in the words of the file. */
    static void report(YamlFile yaml, Settings settings, String place, Item.Flat flat) {
        try {
            settings.finish();
        } catch (SettingsException e) {
            e.problems()
                    .forEach(problem -> yaml.problem(
                            flat.lineOf(problem.key()),
                            (place.isEmpty() ? "" : place + ".") + problem.key() + " " + problem.message()));
        }
    }
}
