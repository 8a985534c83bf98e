package io.slabcache.tests.soak;

import io.slabcache.SlabCache;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** {@link Overflows} with doors that each fail to handle an overflow in a different way. */
final class BadOverflows {
    private static final Map<String, Function<SlabCache, Overflows.Door>> DOORS = Map.of(
            "lock", KeepsLock::new, "twice", HandsOutTwice::new, "loses", LosesMany::new, "keeps", KeepsCache::new);

    private BadOverflows() {}

    /** Takes the arguments of {@link Overflows}, and then the door. */
    public static void main(String[] arguments) {
        Overflows.run(arguments, DOORS.get(arguments[3]));
    }

    private static final class KeepsLock extends Overflows.Door {
        private final ReentrantLock lock = new ReentrantLock();

        KeepsLock(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocate() {
            lock.lock();
            long address = super.allocate();
            lock.unlock();
            return address;
        }
    }

    /** Like a stripe that was not returned: its cached objects cannot be collected, because the owner spins. */
    private static final class KeepsCache extends Overflows.Door {
        KeepsCache(SlabCache cache) {
            super(cache);
            Thread.ofPlatform().daemon().start(() -> {
                cache.freeAddress(cache.allocateAddress());
                while (!Thread.interrupted()) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    private static final class HandsOutTwice extends Overflows.Door {
        private long latest;
        private boolean wasCutShort;

        HandsOutTwice(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocate() {
            if (!wasCutShort || latest == 0) {
                wasCutShort = true;
                latest = super.allocate();
            }
            wasCutShort = false;
            return latest;
        }
    }

    private static final class LosesMany extends Overflows.Door {
        private int begun;
        private int ended;

        LosesMany(SlabCache cache) {
            super(cache);
        }

        @Override
        long allocate() {
            begun++;
            long address = super.allocate();
            for (ended++; ended < begun; begun -= 1) {
                super.allocate();
                super.allocate();
            }
            return address;
        }
    }
}
