// SPDX-License-Identifier: Apache-2.0
package io.cordboard.connector;

import java.time.Clock;

/**
 * What a connector is given when it is made. Immutable.
 *
 * @param account the account's id in the configuration
 * @param region the default region of national numbers, ISO 3166, such as {@code RU}
 * @param clock the time
 * @param memory where the account keeps what must survive a restart
 */
public record ConnectorContext(String account, String region, Clock clock, Memory memory) {}
