// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

import io.cordboard.directory.Lookup;
import io.cordboard.directory.Reading;

/**
 * What a text of a number is, and whose number it is. Immutable.
 *
 * @param reading what the text is
 * @param lookup whose number it is; nobody's unless it is a telephone number
 * @param micros how long the question took, in microseconds
 */
public record NumberAnswer(Reading reading, Lookup lookup, long micros) {}
