package io.slabcache.tests.handles;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handles in random use give correct answers, and the driver detects known-bad implementations. */
class GenerationModelTest {
    private static final long SEEDS = 20;

    static LongStream seeds() {
        Long given = Long.getLong("slabcache-test.seed");
        return given != null ? LongStream.of(given) : LongStream.range(0, SEEDS);
    }

    private static SlabCache cache(long seed) {
        return SlabCache.builder("modelled", 40)
                .lockless(seed % 4 != 0)
                .magazineCapacity(4)
                .slabBytes(40 * 16)
                .build();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aHandleIsLiveFromItsAllocationToTheFreeOfItsObject(long seed) {
        HandleDriver.run(new CacheHandlePool(cache(seed)), seed);
    }

    /** The handle is the address, as without generations. */
    static final class AddressPool extends CacheHandlePool {
        AddressPool(long seed) {
            super(cache(seed));
        }

        @Override
        public long allocate() {
            return cache.allocateAddress();
        }

        @Override
        public boolean free(long handle) {
            return super.free(HandleBits.handle(handle, 1)) || freeIfLive(handle);
        }

        private boolean freeIfLive(long handle) {
            try {
                cache.freeAddress(handle);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public boolean isLive(long handle) {
            return cache.owns(handle);
        }

        @Override
        public long address(long handle) {
            return handle;
        }
    }

    /** Counts generations itself. */
    abstract static class CountingPool extends CacheHandlePool {
        private final Map<Long, Integer> generations = new HashMap<>();

        CountingPool(long seed) {
            super(cache(seed));
        }

        final void count(long address, int mask) {
            generations.put(address, generations.getOrDefault(address, 0) + 1 & mask);
        }

        @Override
        public long allocate() {
            long address = cache.allocateAddress();
            return HandleBits.handle(address, generations.getOrDefault(address, 0));
        }

        @Override
        public boolean free(long handle) {
            boolean isLive = isLive(handle);
            if (isLive) {
                freeAddress(HandleBits.address(handle));
            }
            return isLive;
        }

        @Override
        public boolean isLive(long handle) {
            return generations.getOrDefault(HandleBits.address(handle), 0) == HandleBits.generation(handle);
        }

        @Override
        public long address(long handle) {
            return HandleBits.address(handle);
        }
    }

    /** Does not notice frees by address. */
    static final class DeafPool extends CountingPool {
        DeafPool(long seed) {
            super(seed);
        }

        @Override
        public boolean free(long handle) {
            boolean freed = super.free(handle);
            if (freed) {
                count(HandleBits.address(handle), -1);
            }
            return freed;
        }
    }

    /** Has generations of two bits. */
    static final class ShortPool extends CountingPool {
        ShortPool(long seed) {
            super(seed);
        }

        @Override
        public void freeAddress(long address) {
            super.freeAddress(address);
            count(address, 3);
        }
    }

    /** Refuses to free a stale handle, but says that it is live. */
    static final class OptimisticPool extends CacheHandlePool {
        OptimisticPool(long seed) {
            super(cache(seed));
        }

        @Override
        public boolean isLive(long handle) {
            return cache.owns(HandleBits.address(handle));
        }
    }

    /** An allocation next to an object ends its handles. */
    static final class ForgetfulPool extends CacheHandlePool {
        private long last;

        ForgetfulPool(long seed) {
            super(cache(seed));
        }

        @Override
        public long allocate() {
            last = super.allocate();
            return last;
        }

        @Override
        public boolean isLive(long handle) {
            return handle == last && super.isLive(handle);
        }
    }

    static Stream<HandlePool> bad() {
        return Stream.of(
                new AddressPool(1), new DeafPool(1), new ShortPool(1), new OptimisticPool(1), new ForgetfulPool(1));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void theDriverFindsEachMistake(HandlePool bad) {
        AssertionError found = assertThrows(AssertionError.class, () -> HandleDriver.run(bad, 7));
        assertTrue(found.getMessage().contains("-Dslabcache-test.seed=7, step "), found.getMessage());
    }
}
