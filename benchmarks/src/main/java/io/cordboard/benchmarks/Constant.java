// SPDX-License-Identifier: Apache-2.0
package io.cordboard.benchmarks;

import io.cordboard.connector.Connector;
import io.cordboard.connector.Finding;
import io.cordboard.connector.Health;
import io.cordboard.connector.Webhook;
import java.util.List;
import java.util.Optional;

/** The peer: an account behind the same web server that answers a constant, and does nothing else. */
final class Constant implements Connector {
    private final String account;

    Constant(String account) {
        this.account = account;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public String vendor() {
        return "constant";
    }

    @Override
    public <R> Optional<R> role(Class<R> role) {
        return Optional.empty();
    }

    @Override
    public Optional<Webhook> webhook() {
        return Optional.of(request -> Webhook.Response.json("{}"));
    }

    @Override
    public void start() {}

    @Override
    public Health health() {
        return Health.UP;
    }

    @Override
    public List<Finding> check() {
        return List.of();
    }

    @Override
    public void close() {}
}
