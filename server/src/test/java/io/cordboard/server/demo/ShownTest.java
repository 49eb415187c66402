// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void anAnsweredCallTakesANoteUnlessItsCallerHidesTheNumber() {
        assertThat(shown(Wants.STRANGER, "answered").takesNote()).isTrue();
        assertThat(shown(Wants.HIDDEN, "answered").takesNote()).isFalse();
        assertThat(shown(Wants.OWNED, "no answer").takesNote()).isFalse();
    }

    private static Shown shown(Wants wants, String disposition) {
        Scene scene = new Scene("a call", "answered", wants, Map.of(), Scene.Trouble.NONE);
        return new Shown(scene, new Person("anonymous", null, null), Map.of("disposition", disposition));
    }
}
