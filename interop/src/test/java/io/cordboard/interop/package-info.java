// SPDX-License-Identifier: Apache-2.0
/** Clients of the vendors' APIs that others wrote, run against the sandboxes. */
@NullMarked
package io.cordboard.interop;

import org.jspecify.annotations.NullMarked;
