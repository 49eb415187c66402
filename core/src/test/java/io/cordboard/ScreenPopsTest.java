// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallEvent;
import io.cordboard.call.CallId;
import io.cordboard.crm.CrmWrite;
import io.cordboard.crm.ScreenPop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the CRM is shown; a CRM registers a call when it is to be shown to somebody, and keeps it until it is logged.
 */
class ScreenPopsTest {
    @TempDir
    private Path folder;

    private House house;

    @BeforeEach
    void open() {
        house = new House(folder).start();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private boolean isShown(ScreenPop.View view) {
        return !view.ringing().isEmpty() || view.talking() != null;
    }

    private List<ScreenPop.View> shown(CallId call) {
        return house.crm().views(call).stream().filter(this::isShown).toList();
    }

    /** Says one thing after the other, each when the one before has been shown. */
    private void says(CallEvent... events) {
        for (CallEvent event : events) {
            int before = house.crm().views(event.call()).size();
            house.pbx().says(event);
            await().pollInterval(Duration.ofMillis(5))
                    .until(() -> house.crm().views(event.call()).size() > before);
        }
    }

    @Test
    void theAgentsHalfOfAClickToCallIsNeverRegisteredAndTheCustomersHalfIsShownAndLogged() {
        Script agents = new Script("agents");
        Script customers = new Script("customers");
        says(agents.isDialledBy(House.ANNA, "cb-1"), agents.rings(House.ANNA), agents.answers(House.ANNA));
        says(customers.isDialledBy(House.ANNA, "cb-1"), customers.customerRings());
        says(agents.isPartOf(customers.id()));
        await().until(() -> shown(customers.id()).stream().anyMatch(view -> "17".equals(view.talking())));
        says(customers.customerAnswers(), customers.legEnds("customer"), customers.ends());
        says(agents.legEnds("101"), agents.ends());
        house.settled(customers.id());
        house.settled(agents.id());

        assertThat(shown(agents.id())).isEmpty();
        assertThat(house.crm().views(agents.id())).last().matches(ScreenPop.View::over);
        assertThat(house.crm().views(customers.id())).last().matches(ScreenPop.View::over);
        assertThat(house.crm().written(CrmWrite.LogCall.class))
                .extracting(CrmWrite.LogCall::call)
                .containsExactly(customers.id());
    }

    @Test
    void aHalfThatNobodyHereOrderedIsNotRegisteredEither() {
        Script agents = new Script("agents");
        Script customers = new Script("customers");
        says(agents.isDialledBy(House.ANNA, null), agents.rings(House.ANNA));
        says(agents.isPartOf(customers.id()), agents.answers(House.ANNA));
        assertThat(shown(agents.id())).isEmpty();
    }

    @Test
    void anOrderedCallOfWhichThePbxMakesOneIsShownWhenTheCustomersPhoneIsCalled() {
        Script script = new Script("1");
        says(script.isDialledBy(House.ANNA, "cb-1"), script.rings(House.ANNA), script.answers(House.ANNA));
        assertThat(shown(script.id())).isEmpty();
        says(script.customerRings());
        await().until(() -> shown(script.id()).stream().anyMatch(view -> "17".equals(view.talking())));
    }

    @Test
    void anOrderedCallThatTheAgentDoesNotTakeIsLoggedAndWasNeverShown() {
        Script script = new Script("1");
        says(script.isDialledBy(House.ANNA, "cb-1"), script.rings(House.ANNA), script.legEnds("101"), script.ends());
        house.settled(script.id());
        assertThat(shown(script.id())).isEmpty();
        assertThat(house.crm().logged(script.id())).hasSize(1);
    }

    @Test
    void theCardOfAConsultationThatTurnsOutToBeAPartOfACallIsTakenAway() {
        Script whole = new Script("whole");
        Script consultation = new Script("consultation");
        says(whole.arrives(), whole.rings(House.ANNA), whole.answers(House.ANNA));
        says(
                consultation.isDialledBy(House.ANNA, null),
                consultation.answers(House.ANNA),
                consultation.customerRings(),
                consultation.customerAnswers());
        await().until(() -> !shown(consultation.id()).isEmpty());

        says(consultation.isPartOf(whole.id()));
        await().until(() -> house.crm().views(consultation.id()).stream().anyMatch(ScreenPop.View::over));
        says(consultation.legEnds("customer"));
        says(consultation.ends());
        house.settled(consultation.id());
        List<ScreenPop.View> views = house.crm().views(consultation.id());
        int end = views.indexOf(
                views.stream().filter(ScreenPop.View::over).findFirst().orElseThrow());
        assertThat(views.subList(end, views.size())).allMatch(view -> view.over() && !isShown(view));
        assertThat(house.crm().logged(consultation.id())).isEmpty();
    }

    @Test
    void aMissedCallWasShownToWhomItRangAndToNobodyAfterwards() {
        Script script = new Script("1");
        says(script.missedCall());
        house.settled(script.id());
        assertThat(shown(script.id()))
                .isNotEmpty()
                .allMatch(view -> view.ringing().equals(Set.of("17")));
        assertThat(house.crm().views(script.id())).last().matches(view -> view.over() && !isShown(view));
    }

    @Test
    void aCallWhoseCallerIsNotSaidYetIsShownOnlyWhenItIs() {
        Script script = new Script("1");
        house.pbx().says(script.answers(House.ANNA));
        await().until(() -> house.cordboard().call(script.id()).isPresent());
        says(script.arrives());

        assertThat(house.crm().views(script.id()))
                .isNotEmpty()
                .allMatch(view -> view.customer().number() != null);
        assertThat(shown(script.id())).last().matches(view -> "17".equals(view.talking()));
    }
}
