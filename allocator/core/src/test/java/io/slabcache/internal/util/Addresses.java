package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/** A bag of addresses that threads fill, for checks that no address is lost or duplicated. */
public final class Addresses {
    private final Collection<Long> found = new ConcurrentLinkedQueue<>();

    /** Adds an address; one that is added twice counts twice. */
    public void add(long address) {
        found.add(address);
    }

    /** Adds the first {@code count} addresses of an array. */
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
