// SPDX-License-Identifier: Apache-2.0
package io.cordboard.contact;

/**
 * A contact that has the number, and why it stands where it stands among several. Immutable.
 *
 * @param contact the contact
 * @param because why it is ranked here, one sentence without personal data
 */
public record Match(Contact contact, String because) {}
