// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

import org.jspecify.annotations.Nullable;

/** What a method returns; total and next only where it lists. */
record Answer(
        @Nullable Object result,
        @Nullable Integer total,
        @Nullable Integer next) {
    static Answer of(@Nullable Object result) {
        return new Answer(result, null, null);
    }
}
