// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.testkit.PlayedCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void anAnsweredCallTakesANoteUnlessItsCallerHidesTheNumber() {
        assertThat(shown(Wants.STRANGER, PlayedCall.End.ANSWERED).takesNote()).isTrue();
        assertThat(shown(Wants.HIDDEN, PlayedCall.End.ANSWERED).takesNote()).isFalse();
        assertThat(shown(Wants.OWNED, PlayedCall.End.MISSED).takesNote()).isFalse();
    }

    private static Shown shown(Wants wants, PlayedCall.End end) {
        Scene scene = new Scene("a call", "answered", wants, Map.of(), Scene.Trouble.NONE);
        PlayedCall call = new PlayedCall("in_1", true, "anonymous", List.of(), List.of(), end, 0, List.of(), true);
        return new Shown(scene, new Person("anonymous", null, null), call);
    }
}
