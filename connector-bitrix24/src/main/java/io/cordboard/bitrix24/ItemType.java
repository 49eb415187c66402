// SPDX-License-Identifier: Apache-2.0
package io.cordboard.bitrix24;

import java.util.Optional;

/**
 * A kind of items: leads, deals, or those of one smart process. Immutable.
 *
 * @param id the portal's number of it
 */
record ItemType(int id) {
    private static final int LEAD = 1;
    private static final int DEAL = 2;

    boolean isLead() {
        return id == LEAD;
    }

    boolean isDeal() {
        return id == DEAL;
    }

    /** {@return how the timeline names it} */
    String inTimeline() {
        return switch (id) {
            case LEAD -> "lead";
            case DEAL -> "deal";
            default -> "dynamic_" + id;
        };
    }

    /**
     * {@return a stage as the portal names it, which puts the funnel before the word}
     *
     * @param category the funnel
     * @param stage the word, or already the portal's name
     */
    String stage(int category, String stage) {
        return isLead() || stage.contains(":") ? stage : funnel(category) + stage;
    }

    /** {@return the same, unless there is no stage, or it is one of another funnel} */
    Optional<String> stageOf(int category, String stage) {
        String funnel = funnel(category);
        boolean elsewhere = stage.contains(":") && (funnel.isEmpty() || !stage.startsWith(funnel));
        return stage.isEmpty() || elsewhere ? Optional.empty() : Optional.of(stage(category, stage));
    }

    private String funnel(int category) {
        if (isDeal()) {
            return category == 0 ? "" : "C" + category + ":";
        }
        return "DT" + id + "_" + category + ":";
    }
}
