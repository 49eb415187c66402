// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.cordboard.testkit.bitrix24;

import org.jspecify.annotations.NullMarked;
