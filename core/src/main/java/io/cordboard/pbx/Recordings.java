// SPDX-License-Identifier: Apache-2.0
package io.cordboard.pbx;

import io.cordboard.call.CallId;
import io.cordboard.call.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A PBX that hands out recordings. */
public interface Recordings {
    /**
     * {@return the recording, or when to ask again; costs at most one request to the PBX}
     *
     * @param call the call
     * @param recording which of its recordings
     * @throws io.cordboard.connector.ConnectorException when the PBX could not be asked
     */
    Answer fetch(CallId call, Recording recording);

    /** What a PBX says when it is asked for a recording. */
    sealed interface Answer {}

    /**
     * It is there. Immutable.
     *
     * @param fileName a name with its ending, such as {@code 1585918082.92858.mp3}
     * @param size bytes, or -1 when not known
     * @param link an address from which anybody can fetch it for a while, or null
     * @param content opens it; each call opens it anew
     */
    record Ready(String fileName, long size, @Nullable URI link, Content content) implements Answer {}

    /**
     * It is not there yet. Immutable.
     *
     * @param askAgain after how long to ask again
     */
    record NotYet(Duration askAgain) implements Answer {}

    /**
     * It does not exist and never will. Immutable.
     *
     * @param why one sentence
     */
    record Gone(String why) implements Answer {}

    /** Opens a recording. */
    @FunctionalInterface
    interface Content {
        /**
         * {@return its bytes, from the first; the caller closes it}
         *
         * @throws IOException when it cannot be read
         */
        InputStream open() throws IOException;
    }
}
