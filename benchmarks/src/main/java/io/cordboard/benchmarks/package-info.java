// SPDX-License-Identifier: Apache-2.0
/** Load programs that state what the product does, beside a peer or a physical limit in the same run. */
@NullMarked
package io.cordboard.benchmarks;

import org.jspecify.annotations.NullMarked;
