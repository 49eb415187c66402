// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A CRM and what it lets through.
 *
 * @param type its name in configurations
 * @param perSecond the requests that it lets through a second in the long run; 0 when it counts by the day
 * @param burst how many requests beyond that it lets through at once
 * @param requestsASearch the requests that one search for a number takes
 * @param settings of the connector
 */
record Vendor(String type, double perSecond, int burst, int requestsASearch, Map<String, String> settings) {
    static final List<Vendor> ALL = List.of(
            new Vendor("bitrix24", 2, 50, 1, Map.of()),
            new Vendor("amocrm", 7, 0, 2, Map.of("search", "digits")),
            new Vendor("salesforce", 0, 0, 1, Map.of()));

    /** {@return which part of what was allowed in that time was used} */
    String share(long requests, double seconds) {
        return perSecond == 0
                ? "by the day"
                : String.format(Locale.ROOT, "%.2f", requests / (burst + perSecond * seconds));
    }
}
