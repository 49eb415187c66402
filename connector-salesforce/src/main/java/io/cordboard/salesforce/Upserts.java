// SPDX-License-Identifier: Apache-2.0
package io.cordboard.salesforce;

import io.cordboard.connector.ConnectorException;
import io.cordboard.salesforce.SalesforceApi.Draft;
import io.cordboard.salesforce.SalesforceApi.Problem;
import io.cordboard.salesforce.SalesforceApi.Saved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes records, changes those that were refused, and finds the one that nobody can read the answer about. */
final class Upserts {
    private final Mending mending;

    Upserts(Mending mending) {
        this.mending = mending;
    }

    /**
     * {@return what became of each record in the end, in their order}
     *
     * @param drafts the records
     * @param write writes some of them
     */
    List<Saved> write(List<Draft> drafts, Function<List<Draft>, List<Saved>> write) {
        List<Draft> current = new ArrayList<>(drafts);
        List<Saved> results = new ArrayList<>(write.apply(current));
        for (int round = 0; round < Mending.ROUNDS; round++) {
            List<Integer> places = new ArrayList<>();
            List<Draft> mended = new ArrayList<>();
            for (int i = 0; i < current.size(); i++) {
                Saved saved = results.get(i);
                Optional<Draft> other = saved.done() ? Optional.empty() : mending.mend(current.get(i), saved);
                if (other.isPresent()) {
                    places.add(i);
                    mended.add(other.get());
                }
            }
            if (mended.isEmpty()) {
                break;
            }
            List<Saved> again = write.apply(mended);
            for (int i = 0; i < places.size(); i++) {
                current.set(places.get(i), mended.get(i));
                results.set(places.get(i), again.get(i));
            }
        }
        return results;
    }

    /**
     * {@return what became of each record, when writing one twice does no harm; an answer that cannot be read, because
     * it says something new of one record, is asked for in halves}
     */
    static List<Saved> inHalves(List<Draft> drafts, Function<List<Draft>, List<Saved>> write) {
        try {
            return write.apply(drafts);
        } catch (ConnectorException e) {
            if (!FaultCode.of(e).equals(FaultCode.UNREADABLE) || drafts.size() < 2) {
                throw e;
            }
            int middle = drafts.size() / 2;
            Optional<List<Saved>> left = half(drafts.subList(0, middle), write);
            Optional<List<Saved>> right = half(drafts.subList(middle, drafts.size()), write);
            if (left.isEmpty() && right.isEmpty()) {
                // Not one record: something is wrong with every answer.
                throw e;
            }
            List<Saved> all = new ArrayList<>(left.orElseGet(() -> unreadable(middle)));
            all.addAll(right.orElseGet(() -> unreadable(drafts.size() - middle)));
            return all;
        }
    }

    private static Optional<List<Saved>> half(List<Draft> drafts, Function<List<Draft>, List<Saved>> write) {
        try {
            return Optional.of(inHalves(drafts, write));
        } catch (ConnectorException e) {
            if (FaultCode.of(e).equals(FaultCode.UNREADABLE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<Saved> unreadable(int count) {
        Problem problem =
                new Problem(FaultCode.UNREADABLE, "the answer about it cannot be read", List.of(), List.of(), false);
        return java.util.Collections.nCopies(count, new Saved("", List.of(problem)));
    }
}
