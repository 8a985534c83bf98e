package io.slabcache.tests.soak;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.memory.MemorySource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A soak whose caches fail to handle a stack overflow, in a different way for each argument. */
final class UnreliableSoak {
    private static final Map<String, Function<SlabCache, Access>> WAYS =
            Map.of("loses", LosesMany::new, "twice", HandsOutTwice::new);

    private UnreliableSoak() {}

    /** Runs like {@link Soak}; the argument selects the failure. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Soak.run(MemorySource.arena(), WAYS.get(arguments[0]));
    }

    /** A cache whose allocation may overflow. */
    private abstract static class Unreliable extends Access {
        private final AtomicBoolean wasCutShort = new AtomicBoolean();

        Unreliable(SlabCache cache) {
            super(cache);
        }

        @Override
        final long allocate(ObjectAllocator door, Entry entry) {
            try {
                return wasCutShort.getAndSet(false) ? allocateNext(door, entry) : allocateWell(door, entry);
            } catch (StackOverflowError e) {
                wasCutShort.set(true);
                throw e;
            }
        }

        long allocateWell(ObjectAllocator door, Entry entry) {
            return super.allocate(door, entry);
        }

        /** The first allocation after an overflow. */
        abstract long allocateNext(ObjectAllocator door, Entry entry);
    }

    private static final class LosesMany extends Unreliable {
        private static final int MANY = 3;

        LosesMany(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocateNext(ObjectAllocator door, Entry entry) {
            for (int i = 0; i < MANY; i++) {
                allocateWell(door, Entry.TRY_ALLOCATE);
            }
            return allocateWell(door, entry);
        }
    }

    private static final class HandsOutTwice extends Unreliable {
        private final AtomicLong latest = new AtomicLong();

        HandsOutTwice(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocateWell(ObjectAllocator door, Entry entry) {
            long address = super.allocateWell(door, entry);
            latest.set(address);
            return address;
        }

        @Override
        long allocateNext(ObjectAllocator door, Entry entry) {
            long again = latest.get();
            return again != 0 ? again : allocateWell(door, entry);
        }

        @Override
        void free(ObjectAllocator door, boolean asSegment, long address) {
            latest.compareAndSet(address, 0);
            super.free(door, asSegment, address);
        }
    }
}
