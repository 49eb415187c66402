// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.salesforce;

import io.cordboard.testkit.CrmBooks;
import io.cordboard.testkit.CrmSandbox;
import io.cordboard.testkit.Faults;
import io.cordboard.testkit.SandboxOptions;
import io.cordboard.testkit.SandboxServer;
import java.net.URI;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Salesforce organisation on this machine: the partner SOAP API with SOQL and SOSL, and the OAuth token endpoint.
 *
 * <p>{@link SandboxOptions#strict()} decides whether an update may repeat the value of a field that only a create may
 * set; {@link SandboxOptions#limits()}, whether the day's limit of API requests holds. {@link #configure} switches what
 * the documents leave open. Safe for use by many threads.
 */
public final class SalesforceSandbox implements CrmSandbox {
    private final CrmBooks books = new OrgBooks(this);
    private final Faults faults;
    private final OrgWorld world;
    private final SandboxServer server;

    private SalesforceSandbox(SandboxOptions options) {
        this.faults = new Faults(options.seed(), Answers.FAULTS);
        this.world = new OrgWorld(options, faults);
        this.server = SandboxServer.start(options, faults, new OrgApp(world));
        synchronized (world) {
            world.at(server.url());
        }
    }

    /**
     * {@return an organisation that listens}
     *
     * @param options how it should be
     */
    public static SalesforceSandbox start(SandboxOptions options) {
        return new SalesforceSandbox(options);
    }

    @Override
    public String vendor() {
        return "salesforce";
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Optional<String> certificate() {
        return server.certificate();
    }

    @Override
    public Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", "salesforce");
        config.put("baseUrl", url().toString());
        Map<String, Object> oauth = new LinkedHashMap<>();
        oauth.put("clientId", clientId());
        oauth.put("clientSecret", clientSecret());
        config.put("oauth", oauth);
        return config;
    }

    /** {@return the consumer key of the app} */
    public String clientId() {
        synchronized (world) {
            return world.sessions().clientId();
        }
    }

    /** {@return the consumer secret of the app} */
    public String clientSecret() {
        synchronized (world) {
            return world.sessions().clientSecret();
        }
    }

    /** {@return a refresh token that nobody has used yet} */
    public String refreshToken() {
        synchronized (world) {
            return world.sessions().firstRefreshToken();
        }
    }

    /** {@return the name of the user whom the app is allowed to speak for} */
    public String username() {
        synchronized (world) {
            return world.get().find(Org.INTEGRATION_USER).orElseThrow().text("Username");
        }
    }

    /** {@return the private key that assertions are signed with, in PEM (PKCS #8)} */
    public String privateKey() {
        synchronized (world) {
            return world.assertions().privateKey();
        }
    }

    /**
     * Gives the app one more certificate.
     *
     * @param key the public key of it
     */
    public void trust(PublicKey key) {
        synchronized (world) {
            world.assertions().trust(key);
        }
    }

    @Override
    public CrmBooks books() {
        return books;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public Map<String, Object> state() {
        synchronized (world) {
            return world.state();
        }
    }

    @Override
    public void reset() {
        server.reset();
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * Switches what the documents leave open, as {@code POST /_sandbox/switches} does.
     *
     * @param changes by name; {@code switches} in {@link #state()} has all of them
     */
    public void configure(Map<String, ?> changes) {
        synchronized (world) {
            world.switches().set(changes);
        }
    }

    /**
     * {@return the records of an object, those in the recycle bin left out, with {@code Id} and the fields that are not
     * empty}
     *
     * @param object its name, such as {@code Task}
     */
    public List<Map<String, Object>> rows(String object) {
        synchronized (world) {
            return world.rows(object);
        }
    }

    @Override
    public long requests() {
        return server.requests();
    }

    /**
     * {@return how often an operation was called}
     *
     * @param operation such as {@code query}, or {@code oauth.token}
     */
    public int asked(String operation) {
        synchronized (world) {
            return world.asked().getOrDefault(operation, 0);
        }
    }

    /**
     * Somebody adds a record by hand.
     *
     * @param object its object, such as {@code Contact}
     * @param fields its fields
     * @return its id
     */
    public String add(String object, Map<String, String> fields) {
        synchronized (world) {
            Org org = world.get();
            Row row = org.add(org.schema().object(object), Org.INTEGRATION_USER);
            row.put("OwnerId", Ids.full(Org.INTEGRATION_USER));
            fields.forEach(row::put);
            org.saved(row);
            return row.id();
        }
    }

    /**
     * Somebody changes a record by hand.
     *
     * @param id its id
     * @param fields its new fields; an empty text empties one
     */
    public void change(String id, Map<String, String> fields) {
        synchronized (world) {
            Org org = world.get();
            Row row = row(id);
            fields.forEach(row::put);
            Org.touch(row, Org.INTEGRATION_USER, org.now());
            org.saved(row);
        }
    }

    /**
     * Somebody moves a record to the recycle bin.
     *
     * @param id its id
     */
    public void remove(String id) {
        synchronized (world) {
            Org org = world.get();
            Row row = row(id);
            row.deleted(org.now());
            org.saved(row);
        }
    }

    private Row row(String id) {
        return world.get().alive(id).orElseThrow(() -> new IllegalArgumentException("there is no record " + id));
    }

    /**
     * Somebody else works at a record.
     *
     * @param id its id
     * @param times for how many writes that touch it
     */
    public void lock(String id, int times) {
        synchronized (world) {
            world.get().lock(id, times);
        }
    }

    /**
     * Adds a custom field.
     *
     * @param object its object, such as {@code Task}
     * @param definition such as {@code PhoneKey__c; string 32; external; unique}
     */
    public void addField(String object, String definition) {
        synchronized (world) {
            world.get().schema().object(object).add(FieldType.read(definition));
        }
    }

    /**
     * Removes a custom field, as in an organisation whose administrator did not create it.
     *
     * @param object its object, such as {@code Task}
     * @param field its name
     */
    public void removeField(String object, String field) {
        synchronized (world) {
            world.get().schema().object(object).remove(field);
        }
    }

    /** Removes every custom field, as in an organisation that nobody prepared. */
    public void removeCustomFields() {
        synchronized (world) {
            for (ObjectType type : world.get().schema().objects()) {
                type.fields().removeIf(FieldType::custom);
            }
        }
    }

    /** Ends every session. */
    public void expireSessions() {
        synchronized (world) {
            world.sessions().expire();
        }
    }

    /** Ends every session and makes refresh tokens worthless, as when an administrator blocks the app. */
    public void revokeTokens() {
        synchronized (world) {
            world.sessions().revoke();
        }
    }
}
