// SPDX-License-Identifier: Apache-2.0
package io.cordboard;

/** The front door: puts store, connectors, directory, tracker, playbook and courier together. */
public final class Cordboard implements AutoCloseable {
    @Override
    public void close() {}
}
