// SPDX-License-Identifier: Apache-2.0
package io.cordboard.zadarma;

import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.PbxContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class ZadarmaContractTest implements PbxContract {
    @TempDir
    private Path folder;

    private ZadarmaBench bench;

    @BeforeEach
    void open() throws IOException {
        bench = ZadarmaBench.open(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Override
    public PbxBench bench() {
        return bench;
    }
}
