// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

/** What a settled call leaves behind: a pure function of the call, its matches and the rules. */
public final class Playbook {
    private Playbook() {}
}
