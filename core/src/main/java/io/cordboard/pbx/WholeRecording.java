// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A recording that is read whole or not at all, and counted and hashed on its way without being kept in memory. Reading
 * fails at the end when there are fewer or more bytes than the PBX announced. Safe for use by many threads.
 */
public final class WholeRecording {
    private final Recordings.Ready file;
    private final AtomicReference<@Nullable Proof> proof = new AtomicReference<>();

    private WholeRecording(Recordings.Ready file) {
        this.file = new Recordings.Ready(
                file.fileName(),
                file.size(),
                file.link(),
                () -> new Measured(file.content().open(), file.size()));
    }

    /**
     * {@return a recording that is measured while it is read}
     *
     * @param file the recording
     */
    public static WholeRecording of(Recordings.Ready file) {
        return new WholeRecording(file);
    }

    /** {@return the same recording; what is read from it is measured} */
    public Recordings.Ready file() {
        return file;
    }

    /** {@return what was read, when somebody has read it to its end} */
    public Optional<Proof> proof() {
        return Optional.ofNullable(proof.get());
    }

    /**
     * What was read. Immutable.
     *
     * @param size bytes
     * @param sha256 their SHA-256, in hexadecimal digits
     */
    public record Proof(long size, String sha256) {}

    private final class Measured extends FilterInputStream {
        private final long announced;
        private final MessageDigest digest = sha256();
        private long size;

        Measured(InputStream in, long announced) {
            super(in);
            this.announced = announced;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            if (count > 0) {
                digest.update(bytes, from, count);
                size += count;
            }
            boolean tooMany = announced >= 0 && size > announced;
            if (tooMany || (count < 0 && announced >= 0 && size < announced)) {
                throw new IOException("the recording has " + (tooMany ? "more than " : "only ")
                        + (tooMany ? announced : size) + " bytes, and " + announced + " were announced");
            }
            if (count < 0 && proof.get() == null) {
                proof.set(new Proof(size, HexFormat.of().formatHex(digest.digest())));
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, 8_192)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
