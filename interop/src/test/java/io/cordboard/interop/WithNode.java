// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need Node and the packages of {@code package.json}. Without them they are skipped, and one visible line
 * says so; with {@code -Dcordboard.interop=required} they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeExtension.class)
@interface WithNode {}
