// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit.bitrix24;

/** One method of the REST API. */
@FunctionalInterface
interface RestMethod {
    Answer call(Params params, Auth auth);
}
