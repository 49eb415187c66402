// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorContext;
import java.util.List;

/**
 * What the roles share. Immutable.
 *
 * @param context what the connector was given
 * @param settings what it was told
 * @param api the organisation
 * @param shapes what its objects are like
 * @param journal what it is known to hold
 * @param outcomes what its answers mean
 */
record Parts(
        ConnectorContext context,
        SalesforceSettings settings,
        SalesforceApi api,
        Shapes shapes,
        Journal journal,
        Outcomes outcomes) {
    String account() {
        return context.account();
    }

    /** Cuts a list into parts of a length. */
    static <T> List<List<T>> cut(List<T> all, int length) {
        return java.util.stream.IntStream.range(0, (all.size() + length - 1) / length)
                .mapToObj(i -> all.subList(i * length, Math.min(all.size(), (i + 1) * length)))
                .toList();
    }
}
