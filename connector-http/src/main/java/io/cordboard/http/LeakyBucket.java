// SPDX-License-Identifier: Apache-2.0
package io.cordboard.http;

/** A counter that drains. Not safe for use by many threads. */
final class LeakyBucket implements RateModel {
    private final double perNano;
    private final int burst;
    private double level;
    private long asOf = Long.MIN_VALUE;

    LeakyBucket(double perSecond, int burst) {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "a bucket needs a rate above 0 and a burst of at least 1: " + perSecond + ", " + burst);
        }
        this.perNano = perSecond / 1e9;
        this.burst = burst;
    }

    @Override
    public long waitNanos(long now, double share) {
        drain(now);
        double room = Math.max(1, burst * share);
        return (long) Math.ceil((level + 1 - room) / perNano);
    }

    @Override
    public void take(long now) {
        drain(now);
        level += 1;
    }

    private void drain(long now) {
        if (asOf != Long.MIN_VALUE) {
            level = Math.max(0, level - (now - asOf) * perNano);
        }
        asOf = now;
    }
}
