// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordboard.call.Extension;
import io.cordboard.connector.ConnectorException;
import io.cordboard.crm.AgentSource;
import io.cordboard.http.Json;
import io.cordboard.mango.MangoApi.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PBX's employees and groups: statistics name people by their user ids, events by their extensions. Safe for use by
 * many threads.
 */
final class MangoDirectory implements AgentSource {
    private static final Logger log = LoggerFactory.getLogger(MangoDirectory.class);
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final String account;
    private final MangoApi api;
    private final Duration every;
    private volatile List<User> users = List.of();
    private volatile Map<String, Group> groups = Map.of();

    MangoDirectory(Mango.Parts parts, MangoApi api) {
        this.account = parts.context().account();
        this.api = api;
        this.every = parts.settings().directoryEvery();
    }

    @Override
    public List<User> users() {
        load();
        return users;
    }

    /** Asks for everybody: two requests. */
    void load() {
        ObjectNode params = MangoCommands.params();
        params.putArray("ext_fields").add("general.user_id").add("groups");
        users = readUsers(api.ask(Limit.USERS, "config/users/request", params));
        groups = readGroups(api.ask(Limit.GENERAL, "groups", MangoCommands.params()));
    }

    /** {@return after how long to look again} */
    Duration look() {
        try {
            load();
            return every;
        } catch (ConnectorException e) {
            log.debug("{}: the employees could not be asked for: {}", account, e.getMessage());
            return e.retryAfter().orElse(AGAIN);
        }
    }

    /** {@return the extension of an employee, from memory} */
    Optional<Extension> extension(String userId) {
        return users.stream()
                .filter(user -> user.id().equals(userId))
                .findFirst()
                .map(User::extension);
    }

    /** {@return the employees, from memory} */
    List<User> known() {
        return users;
    }

    /** {@return the groups by their short numbers, from memory} */
    Map<String, Group> groups() {
        return groups;
    }

    private static List<User> readUsers(JsonNode answer) {
        List<User> read = new ArrayList<>();
        for (JsonNode user : answer.path("users")) {
            JsonNode general = user.path("general");
            String extension = Json.text(user.path("telephony"), "extension");
            String id = Json.id(general, "user_id").orElse(extension);
            // An employee who is switched off keeps the entry; who is not told about is taken to work there.
            boolean active = !Json.text(general, "use_status").equals("0");
            if (!id.isEmpty()) {
                read.add(new User(
                        id,
                        Json.text(general, "name"),
                        MangoNotice.readExtension(extension).orElse(null),
                        active));
            }
        }
        return List.copyOf(read);
    }

    private static Map<String, Group> readGroups(JsonNode answer) {
        Map<String, Group> read = new TreeMap<>();
        for (JsonNode group : answer.path("groups")) {
            List<Extension> members = new ArrayList<>();
            group.path("operators")
                    .forEach(operator -> MangoNotice.readExtension(Json.text(operator, "extension"))
                            .ifPresent(members::add));
            String extension = Json.text(group, "extension");
            read.put(
                    extension.isEmpty() ? "id " + Json.text(group, "id") : extension,
                    new Group(Json.text(group, "name"), members));
        }
        return Map.copyOf(read);
    }

    /**
     * A group, which is a department to whoever calls. Immutable.
     *
     * @param name what the cabinet calls it
     * @param members the extensions of its operators
     */
    record Group(String name, List<Extension> members) {
        Group {
            members = List.copyOf(members);
        }
    }
}
