// SPDX-License-Identifier: Apache-2.0
package io.cordboard.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of time that may overlap, measured once. */
final class Spans {
    private final List<Span> spans = new ArrayList<>();

    /** Adds a stretch; one that ends before it begins is left out. */
    void add(Instant from, Instant to) {
        if (from.isBefore(to)) {
            spans.add(new Span(from, to));
        }
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** {@return how much of the window is covered} */
    Duration within(Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        Instant reached = from;
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            Instant begin = span.from().isAfter(reached) ? span.from() : reached;
            Instant end = span.to().isBefore(to) ? span.to() : to;
            if (begin.isBefore(end)) {
                sum = sum.plus(Duration.between(begin, end));
                reached = end;
            }
        }
        return sum;
    }

    /** {@return the stretches of the window that are covered here but not there} */
    Duration withinBut(Instant from, Instant to, Spans there) {
        Spans either = new Spans();
        either.spans.addAll(spans);
        either.spans.addAll(there.spans);
        return either.within(from, to).minus(there.within(from, to));
    }

    private record Span(Instant from, Instant to) {}
}
