// SPDX-License-Identifier: Apache-2.0
package io.cordboard.interop;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether the clients can run here. */
final class NodeExtension implements ExecutionCondition {
    private static final Logger LOG = LoggerFactory.getLogger(NodeExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> missing = NodeClient.missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("node and its packages are here");
        }
        if ("required".equals(System.getProperty("cordboard.interop"))) {
            throw new IllegalStateException(missing.get());
        }
        LOG.warn("INTEROP TESTS SKIPPED: {}", missing.get());
        return ConditionEvaluationResult.disabled(missing.get());
    }
}
