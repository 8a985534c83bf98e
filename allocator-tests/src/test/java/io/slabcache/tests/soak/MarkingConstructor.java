package io.slabcache.tests.soak;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The constructor callback of one cache: marks each object as fresh. On demand it misbehaves at times: it throws,
 * allocates from the cache that is growing, or frees an object of some cache. It runs under the growth lock of its
 * cache, which also guards the random numbers.
 */
final class MarkingConstructor implements Consumer<MemorySegment> {
    private static final int ONE_IN = 500;
    private static final Mark BY_CONSTRUCTOR = new Mark(true, 0, 0, 0);

    private final ExchangeTable table;
    private final SplittableRandom random;
    private volatile boolean isMeddling;
    private int injected;
    private Target target;

    MarkingConstructor(ExchangeTable table, SplittableRandom random) {
        this.table = table;
        this.random = random;
    }

    /** Call this before the first allocation. */
    void belongsTo(Target target) {
        this.target = target;
    }

    /** Sets whether it misbehaves at times; at first it does not. */
    void meddle(boolean now) {
        isMeddling = now;
    }

    /** Returns how often it threw; read while no thread works. */
    int injected() {
        return injected;
    }

    @Override
    public void accept(MemorySegment object) {
        StackEdge.claim();
        Contents.fill(object, Mark.FRESH);
        if (isMeddling) {
            switch (random.nextInt(ONE_IN)) {
                case 0 -> {
                    injected++;
                    throw new Injected.Refusal("constructor");
                }
                case 1 -> free(table.exchange(random, null));
                case 2 -> free(allocate());
                default -> {
                    // Behaves well.
                }
            }
        }
    }

    private Held allocate() {
        long address;
        try {
            address = target.access().allocate(target.cache(), Entry.TRY_ALLOCATE_ADDRESS);
        } catch (IllegalStateException refused) {
            if (!refused.getMessage().contains("constructor callback")) {
                throw refused;
            }
            return null;
        }
        if (address == 0) {
            return null;
        }
        Held held = new Held(target, address, BY_CONSTRUCTOR);
        Contents.checkFree(held.segment());
        Contents.fill(held.segment(), BY_CONSTRUCTOR);
        target.allocated().increment();
        return held;
    }

    private static void free(Held held) {
        if (held != null) {
            held.check();
            held.markFree(BY_CONSTRUCTOR);
            held.target().cache().freeAddress(held.address());
            held.target().freed().increment();
        }
    }
}
