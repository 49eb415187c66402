// SPDX-License-Identifier: Apache-2.0
package io.cordboard.server.desk;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One browser for all test classes, one server and one page for each test. */
final class ChromiumExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {
    private static final Namespace SPACE = Namespace.create(ChromiumExtension.class);
    private static final String MISSING =
            "BROWSER TESTS SKIPPED: no Chromium in PATH (Debian: apt-get install chromium, or -Dcordboard.browser.path=...)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.isRequired() || Chromium.find().isPresent()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        context.getRoot().getStore(SPACE).getOrComputeIfAbsent("said", key -> {
            System.err.println(MISSING);
            return true;
        });
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Desk.class;
    }

    @Override
    public Desk resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Chromium chromium = context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(Chromium.class, type -> Chromium.start(), Chromium.class);
        return context.getStore(SPACE)
                .getOrComputeIfAbsent(Desk.class, type -> new Desk(chromium.browser()), Desk.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Desk desk = context.getStore(SPACE).get(Desk.class, Desk.class);
        if (desk != null) {
            desk.assertWellBehaved();
        }
    }
}
