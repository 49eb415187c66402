// SPDX-License-Identifier: Apache-2.0
/**
 * Small programs for people who embed Cordboard, one idea each. Every one runs by itself: it brings its own sandboxes.
 */
@NullMarked
package io.cordboard.examples;

import org.jspecify.annotations.NullMarked;
