// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cordboard.call.CallId;
import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.PbxContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AsteriskContractTest implements PbxContract {
    @TempDir
    private Path folder;

    private AsteriskBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = new AsteriskBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Override
    public PbxBench bench() {
        return bench;
    }

    @Test
    void whatHappenedIsCounted() {
        CallId id = bench.play(PbxBench.Scene.ANSWERED);
        await().atMost(PATIENCE).until(() -> bench.calls().find(id).isPresent());
        bench.sandbox().cut();
        await().atMost(PATIENCE)
                .until(() -> Long.valueOf(2).equals(bench.connector().counts().get(AsteriskCounts.CONNECTIONS)));

        Map<String, Long> counts = bench.connector().counts();

        assertThat(counts)
                .containsEntry(AsteriskCounts.BROKEN, 1L)
                .containsEntry(AsteriskCounts.ROUTED, 1L)
                .containsEntry(AsteriskCounts.DROPPED, 0L)
                .containsEntry(AsteriskCounts.FAILED, 0L);
        assertThat(counts.get(AsteriskCounts.EVENTS)).isGreaterThan(10);
        assertThat(counts.get(AsteriskCounts.ACTIONS)).isGreaterThanOrEqualTo(2);
    }
}
