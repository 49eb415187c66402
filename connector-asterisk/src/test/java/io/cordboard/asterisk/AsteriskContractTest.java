// SPDX-License-Identifier: Apache-2.0
package io.cordboard.asterisk;

import io.cordboard.testkit.contract.PbxBench;
import io.cordboard.testkit.contract.PbxContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
}
