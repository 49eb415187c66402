// SPDX-License-Identifier: Apache-2.0
package io.cordboard.playbook;

import io.cordboard.crm.CrmWrite;
import org.jspecify.annotations.Nullable;

/**
 * One write that a call leaves behind in one CRM account, and why. Immutable.
 *
 * @param key the idempotency key, unique within the account
 * @param lane which other writes it keeps its order with
 * @param after the key of a write that must be done before, or null
 * @param write what to write
 * @param because why, one sentence without personal data
 */
public record Planned(String key, String lane, @Nullable String after, CrmWrite write, String because) {}
