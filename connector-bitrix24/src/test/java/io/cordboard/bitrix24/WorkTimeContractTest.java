// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.crm.WorkTime;
import io.cordboard.crm.WorkTime.Day;
import io.cordboard.testkit.bitrix24.Bitrix24UnderTest;
import io.cordboard.testkit.contract.CrmUnderTest;
import io.cordboard.testkit.contract.WorkTimeContract;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The portal's working days, for whoever switched them on. */
final class WorkTimeContractTest implements WorkTimeContract {
    private static final Map<Day, String> NAMES =
            Map.of(Day.OPEN, "OPENED", Day.PAUSED, "PAUSED", Day.CLOSED, "CLOSED");

    private final Bitrix24UnderTest crm =
            Bitrix24UnderTest.webhook(new Bitrix24Factory(), false, Map.of("workTime", "true"), c -> {});

    @Override
    public CrmUnderTest crm() {
        return crm;
    }

    @Override
    public void dayBecomes(String user, Day day) {
        crm.workDay(user, NAMES.getOrDefault(day, ""));
    }

    @Override
    public Day dayOf(String user) {
        String name = crm.workDay(user);
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void dayThatSomebodyForgotToEndIsNoDay() {
        crm.workDay(crm.user(), "EXPIRED");

        assertThat(role(WorkTime.class).days(Set.of(crm.user()))).containsEntry(crm.user(), Day.CLOSED);
    }

    @Test
    void fiftyDaysAreOneRequest() {
        long before = crm.portal().requests();
        var unused = role(WorkTime.class).days(Set.of(crm.user(), crm.colleague(), "1", "21"));

        assertThat(crm.portal().requests() - before).isEqualTo(1);
    }
}
