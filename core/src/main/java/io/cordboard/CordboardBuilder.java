// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.agent.AgentRoster;
import io.cordboard.call.CallTracker;
import io.cordboard.connector.Connector;
import io.cordboard.directory.NumberPlan;
import io.cordboard.playbook.Rules;
import io.cordboard.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a {@link Cordboard} together. Not safe for use by many threads. */
public final class CordboardBuilder {
    private final Store store;
    private final List<Connector> pbxs = new ArrayList<>();
    private final List<Connector> crms = new ArrayList<>();
    private final Map<String, String> regions = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private String region = "RU";
    private AgentRoster roster = AgentRoster.of(List.of());
    private Rules rules = Rules.DEFAULT;
    private CallTracker.Patience patience = CallTracker.Patience.DEFAULT;
    private Duration wrapUp = Duration.ZERO;
    private Duration closeWithin = Duration.ofSeconds(8);

    CordboardBuilder(Store store) {
        this.store = store;
    }

    /**
     * Adds a PBX.
     *
     * @param connector a connector that is not started; it is closed with the house
     * @return this builder
     */
    public CordboardBuilder pbx(Connector connector) {
        pbxs.add(connector);
        return this;
    }

    /**
     * Adds a PBX whose national numbers belong to another region.
     *
     * @param connector a connector that is not started; it is closed with the house
     * @param itsRegion ISO 3166, such as {@code KZ}
     * @return this builder
     */
    public CordboardBuilder pbx(Connector connector, String itsRegion) {
        regions.put(connector.account(), itsRegion);
        return pbx(connector);
    }

    /**
     * Adds a CRM.
     *
     * @param connector a connector that is not started; it is closed with the house
     * @return this builder
     */
    public CordboardBuilder crm(Connector connector) {
        crms.add(connector);
        return this;
    }

    /**
     * Replaces the clock. The default is the system's.
     *
     * @param other the clock
     * @return this builder
     */
    public CordboardBuilder clock(Clock other) {
        this.clock = other;
        return this;
    }

    /**
     * Replaces the default region of national numbers. The default is {@code RU}.
     *
     * @param iso ISO 3166
     * @return this builder
     */
    public CordboardBuilder region(String iso) {
        this.region = iso;
        return this;
    }

    /**
     * Names everybody who answers calls. The default is nobody.
     *
     * @param everybody the roster
     * @return this builder
     */
    public CordboardBuilder agents(AgentRoster everybody) {
        this.roster = everybody;
        return this;
    }

    /**
     * Replaces the rules. The default is {@link Rules#DEFAULT}.
     *
     * @param others the rules
     * @return this builder
     */
    public CordboardBuilder rules(Rules others) {
        this.rules = others;
        return this;
    }

    /**
     * Replaces the grace time after the last leg of a call. The default is 5 seconds.
     *
     * @param grace not negative
     * @return this builder
     */
    public CordboardBuilder settleAfter(Duration grace) {
        this.patience = patience.withGrace(grace);
        return this;
    }

    /**
     * Replaces how long calls are waited for. The default is {@link CallTracker.Patience#DEFAULT}.
     *
     * @param other the patience
     * @return this builder
     */
    public CordboardBuilder patience(CallTracker.Patience other) {
        this.patience = other;
        return this;
    }

    /**
     * Replaces how long an agent works after a call before the next one. The default is no time at all.
     *
     * @param time not negative
     * @return this builder
     */
    public CordboardBuilder wrapUp(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("wrapUp must not be negative: " + time);
        }
        this.wrapUp = time;
        return this;
    }

    /**
     * Replaces how long {@link Cordboard#close()} may take, whatever hangs. The default is 8 seconds.
     *
     * @param longest more than zero
     * @return this builder
     */
    public CordboardBuilder closeWithin(Duration longest) {
        if (longest.isZero() || longest.isNegative()) {
            throw new IllegalArgumentException("closeWithin must be more than zero: " + longest);
        }
        this.closeWithin = longest;
        return this;
    }

    /**
     * {@return the house, not started}
     *
     * @throws IllegalArgumentException if two accounts have the same id
     */
    public Cordboard build() {
        Map<String, NumberPlan> plans = new HashMap<>();
        NumberPlan plan = new NumberPlan(region);
        regions.forEach((pbx, iso) -> plans.put(pbx, new NumberPlan(iso)));
        Accounts accounts = new Accounts(pbxs, crms);
        Engine engine = new Engine(
                store,
                accounts,
                new LiveCalls.Numbers(plans, plan),
                new Engine.Choices(roster, rules, patience, wrapUp, region),
                clock);
        return new Cordboard(engine, closeWithin);
    }
}
