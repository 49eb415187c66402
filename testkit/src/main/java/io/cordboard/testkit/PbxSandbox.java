// SPDX-License-Identifier: Apache-2.0
package io.cordboard.testkit;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** A PBX in the cloud, on this machine: it plays calls and tells of them. Safe for use by many threads. */
public interface PbxSandbox extends Sandbox {
    /**
     * Furnishes the office whose calls are played; it waits for answers for as long as a busy machine may need.
     *
     * @param extensions whose phones there are
     * @param line the number that customers call, digits only
     * @param speed how many times faster than people the calls are
     */
    void furnish(List<String> extensions, String line, double speed);

    /**
     * Enters the address for events, as somebody would in the vendor's cabinet.
     *
     * @param url the address; it must answer already
     * @throws IllegalArgumentException when it does not answer as the vendor demands
     */
    void publish(URI url);

    /**
     * Plays a call to its end.
     *
     * @param script {@code kind}, {@code from}, {@code to} and more, as {@code POST /_sandbox/call} takes them
     * @return what happened
     * @throws IllegalArgumentException naming what there is, when the script has something else
     */
    PlayedCall playToEnd(Map<String, Object> script);

    /** {@return every call since the start, those under way too, the oldest first} */
    List<PlayedCall> calls();

    /**
     * {@return the bytes of a recording, as a download gives them}
     *
     * @param recording its name, as {@link PlayedCall#recordings} has it
     */
    byte[] sound(String recording);
}
