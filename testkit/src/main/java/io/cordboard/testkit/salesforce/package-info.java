// SPDX-License-Identifier: Apache-2.0
/** A Salesforce organisation on this machine: the partner SOAP API, its OAuth, and what goes wrong with both. */
@NullMarked
package io.cordboard.testkit.salesforce;

import org.jspecify.annotations.NullMarked;
