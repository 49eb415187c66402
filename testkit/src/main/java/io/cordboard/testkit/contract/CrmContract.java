// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.crm.Outcome;
import org.junit.jupiter.api.AfterEach;

/** What the contracts of all roles of a CRM share. */
public interface CrmContract {
    /** {@return the CRM of this test; the same one for the whole test} */
    CrmUnderTest crm();

    /** Ends the CRM. */
    @AfterEach
    default void endCrm() {
        crm().close();
    }

    /**
     * {@return a role that the connector must play}
     *
     * @param role its interface
     * @param <R> the role
     */
    default <R> R role(Class<R> role) {
        return crm().connector()
                .role(role)
                .orElseThrow(() -> new AssertionError("the connector does not play " + role.getSimpleName()));
    }

    /**
     * Holds that a write was neither done nor given up.
     *
     * @param outcome what became of it
     */
    default void assertTriedAgain(Outcome outcome) {
        assertThat(outcome).isInstanceOfAny(Outcome.Retry.class, Outcome.Unclear.class);
    }
}
