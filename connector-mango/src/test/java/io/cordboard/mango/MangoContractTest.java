// SPDX-License-Identifier: Apache-2.0
package io.cordboard.mango;

import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.PbxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class MangoContractTest implements PbxContract {
    @TempDir
    private Path folder;

    private MangoBench bench;

    @BeforeEach
    void open() {
        bench = MangoBench.open(folder);
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
