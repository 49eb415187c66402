// SPDX-License-Identifier: Apache-2.0
/** What should this call leave behind? Start at {@link io.cordboard.playbook.Playbook}. */
@NullMarked
package io.cordboard.playbook;

import org.jspecify.annotations.NullMarked;
