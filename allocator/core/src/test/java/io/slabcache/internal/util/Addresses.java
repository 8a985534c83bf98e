package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/** A bag of addresses that threads fill, for checks that no address was lost or doubled. */
public final class Addresses {
    private final Collection<Long> found = new ConcurrentLinkedQueue<>();

    /** Puts one more in; the same one twice counts twice. */
    public void add(long address) {
        found.add(address);
    }

    /** Puts a slice in. */
    public void addAll(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            found.add(addresses[i]);
        }
    }

    public int count() {
        return found.size();
    }

    /** Fails unless the bag holds exactly the expected addresses, each once. */
    public void assertHoldsEachOnce(LongStream expected) {
        assertArrayEquals(
                expected.sorted().toArray(),
                found.stream().mapToLong(Long::longValue).sorted().toArray(),
                "an address was lost, doubled or invented");
    }
}
