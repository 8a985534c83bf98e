package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/** A bulk free of objects of which some are guarded, all or none: so seldom that each object is looked at by itself. */
final class MixedFree {
    private final Engine engine;
    private final FreePath freeing;
    private final ThreadCache cache;

    MixedFree(Engine engine, ThreadCache cache) {
        this.engine = engine;
        this.freeing = engine.freeing;
        this.cache = cache;
    }

    void free(long[] addresses) {
        free(
                addresses.length,
                i -> addresses[i],
                i -> isGuarded(addresses[i]) || freeing.takeBackChecked(addresses[i]),
                i -> misuse(addresses[i]).reportEntry(i, addresses[i]));
    }

    void free(MemorySegment[] objects) {
        free(
                objects.length,
                i -> address(objects[i]),
                i -> isGuarded(address(objects[i]))
                        ? freeing.isOneObject(objects[i])
                        : freeing.takeBack(cache, objects[i]),
                i -> misuse(address(objects[i])).reportEntry(i, objects[i]));
    }

    /** A claimed object is not live any more, unless it is guarded: those are freed together. */
    private void free(int count, IntToLongFunction address, IntPredicate claim, IntConsumer refuse) {
        long[] ordinary = new long[count];
        long[] guarded = new long[count];
        int[] entries = new int[count];
        int ordinaries = 0;
        int guardeds = 0;
        for (int i = 0; i < count; i++) {
            if (!claim.test(i)) {
                handOutAgain(ordinary, ordinaries);
                refuse.accept(i);
                return;
            }
            if (isGuarded(address.applyAsLong(i))) {
                entries[guardeds] = i;
                guarded[guardeds++] = address.applyAsLong(i);
            } else {
                ordinary[ordinaries++] = address.applyAsLong(i);
            }
        }
        int bad = -1;
        try {
            // Throws when it finds damage, but only after these objects were freed.
            bad = engine.guard.guarded().debugger.free(guarded, guardeds);
        } finally {
            for (int i = 0; bad < 0 && i < ordinaries; i++) {
                freeing.push(cache, ordinary[i]);
            }
        }
        if (bad >= 0) {
            handOutAgain(ordinary, ordinaries);
            refuse.accept(entries[bad]);
        }
    }

    private void handOutAgain(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            freeing.handOutAgain(addresses[i]);
        }
    }

    private boolean isGuarded(long address) {
        return engine.guard.covers(address);
    }

    private Misuse misuse(long address) {
        return isGuarded(address) ? engine.guard.guarded().misuse : engine.misuse;
    }

    /** Of a heap segment, what is called an address is an offset. */
    private static long address(MemorySegment object) {
        return object == null || !object.isNative() ? 0 : object.address();
    }
}
