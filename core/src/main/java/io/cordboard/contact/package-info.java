// SPDX-License-Identifier: Apache-2.0
/** Who is this? Start at {@link io.cordboard.contact.Contact}. */
@NullMarked
package io.cordboard.contact;

import org.jspecify.annotations.NullMarked;
