// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests with a browser; the test takes a {@link Desk}. Where no Chromium is found they are skipped, visibly; with
 * {@code -Dcordboard.browser=required} they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ChromiumExtension.class)
@interface WithChromium {}
