// SPDX-License-Identifier: Apache-2.0
package io.cordboard.directory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Which postings a number has: an open-addressing table from a number's digits to small whole numbers that mean
 * something to whoever put them there. About 20 bytes for each number, no object for each number, so that ten million
 * fit.
 *
 * <p>Any number of threads may call {@link #find} at any time and never wait; one thread at a time may write.
 *
 * <p>How readers and the writer get along: within one table a key never moves and never leaves its place, and a list of
 * postings never belongs to another key; a value is written before its key, each with release order. A key without
 * postings stays behind as an empty one and is dropped when the table is built anew, which is published by one volatile
 * write. So a reader sees the postings before or after a write, never half of them.
 */
final class NumberIndex {
    private static final int[] NOTHING = {};
    private static final int SMALLEST = 1 << 10;
    private static final VarHandle KEY = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle LIST = MethodHandles.arrayElementVarHandle(int[][].class);

    private volatile Table table = new Table(SMALLEST);
    private volatile int numbers;

    /** {@return how many numbers have at least one posting} */
    int numbers() {
        return numbers;
    }

    /**
     * {@return the postings of a number, in no order; empty when it has none}
     *
     * @param number its digits; not 0
     */
    int[] find(long number) {
        Table current = table;
        int place = current.place(number);
        if ((long) KEY.getAcquire(current.keys, place) != number) {
            return NOTHING;
        }
        return current.postings(place);
    }

    /** Adds a posting to a number; nothing happens when it is there. */
    void add(long number, int posting) {
        if (number <= 0 || posting < 0 || posting == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a posting cannot be " + posting + ", a number not be 0 or less");
        }
        Table current = roomy();
        int place = current.place(number);
        int[] before = current.keys[place] == number ? current.postings(place) : NOTHING;
        for (int known : before) {
            if (known == posting) {
                return;
            }
        }
        current.put(place, number, before, posting);
        if (before.length == 0) {
            count(1);
        }
    }

    /** Removes a posting from a number; nothing happens when it is not there. */
    void remove(long number, int posting) {
        Table current = table;
        int place = current.place(number);
        if (current.keys[place] != number) {
            return;
        }
        int[] before = current.postings(place);
        int[] after = Arrays.stream(before).filter(known -> known != posting).toArray();
        if (after.length < before.length) {
            current.shrink(place, after);
            if (after.length == 0) {
                count(-1);
            }
        }
    }

    private void count(int more) {
        // only the writer writes it, readers need no exact moment
        int now = numbers + more;
        numbers = now;
    }

    private Table roomy() {
        Table current = table;
        if (!current.isFull()) {
            return current;
        }
        int size = SMALLEST;
        while (size * 0.5 < numbers + 1.0) {
            size <<= 1;
        }
        Table next = new Table(size);
        for (int place = 0; place < current.keys.length; place++) {
            if (current.keys[place] != 0) {
                int[] before = NOTHING;
                for (int posting : current.postings(place)) {
                    next.put(next.place(current.keys[place]), current.keys[place], before, posting);
                    before = next.postings(next.place(current.keys[place]));
                }
            }
        }
        table = next;
        return next;
    }

    /** A value is 0 for no posting, a posting + 1 for one, and -1 - the place of a list for what once was several. */
    private static final class Table {
        private final long[] keys;
        private final int[] values;
        private final int shift;
        private int used;
        private int listsUsed;
        private volatile int[][] lists = new int[16][];

        Table(int size) {
            keys = new long[size];
            values = new int[size];
            shift = 64 - Integer.numberOfTrailingZeros(size);
        }

        boolean isFull() {
            return used >= keys.length * 0.66;
        }

        /** {@return where the number is or would be; there is always an empty place, so the search ends} */
        int place(long number) {
            int place = (int) ((number * 0x9E3779B97F4A7C15L) >>> shift);
            while (true) {
                long key = (long) KEY.getAcquire(keys, place);
                if (key == number || key == 0) {
                    return place;
                }
                place = (place + 1) & (keys.length - 1);
            }
        }

        int[] postings(int place) {
            int value = (int) VALUE.getAcquire(values, place);
            if (value == 0) {
                return NOTHING;
            }
            return value > 0 ? new int[] {value - 1} : (int[]) LIST.getAcquire(lists, -1 - value);
        }

        void put(int place, long number, int[] before, int posting) {
            if (values[place] < 0 || before.length > 0) {
                int[] after = Arrays.copyOf(before, before.length + 1);
                after[before.length] = posting;
                putList(place, after);
            } else {
                VALUE.setRelease(values, place, posting + 1);
            }
            if (keys[place] == 0) {
                used++;
                KEY.setRelease(keys, place, number);
            }
        }

        void shrink(int place, int[] after) {
            if (values[place] < 0) {
                putList(place, after);
            } else {
                VALUE.setRelease(values, place, 0);
            }
        }

        private void putList(int place, int[] list) {
            if (values[place] < 0) {
                LIST.setRelease(lists, -1 - values[place], list);
                return;
            }
            if (listsUsed == lists.length) {
                lists = Arrays.copyOf(lists, listsUsed * 2);
            }
            LIST.setRelease(lists, listsUsed, list);
            VALUE.setRelease(values, place, -1 - listsUsed);
            listsUsed++;
        }
    }
}
