package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** One bulk free of objects of which some are guarded, all or none: so seldom that each is looked at by itself. */
final class MixedFree {
    private final ThreadCache cache;
    private final Guard guard;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final Misuse misuse;

    /** Which entries are guarded. Asked once, for a shrink may take the place of an object that is free already. */
    private final BitSet guards = new BitSet();

    private long[] ordinary;
    private int ordinaries;
    private long[] guarded;
    private int guardeds;

    /** Where in the call each of the guarded ones was. */
    private int[] entries;

    private boolean isFreed;

    MixedFree(ThreadCache cache, Guard guard, FreeMarks marks, FreedObjects freed, Misuse misuse) {
        this.cache = cache;
        this.guard = guard;
        this.marks = marks;
        this.freed = freed;
        this.misuse = misuse;
    }

    void free(long[] addresses) {
        free(
                addresses,
                i -> guards.get(i) || marks.markSurely(addresses[i]),
                i -> misuse(i).reportEntry(i, addresses[i]));
    }

    void free(MemorySegment[] objects) {
        free(
                Arrays.stream(objects).mapToLong(Guard::address).toArray(),
                i -> guards.get(i) ? marks.isOneObject(objects[i]) : marks.markSurely(cache, objects[i]),
                i -> misuse(i).reportEntry(i, objects[i]));
    }

    private void free(long[] addresses, IntPredicate claim, IntConsumer refuse) {
        int bad;
        try {
            bad = tryToFree(addresses, claim);
        } finally {
            for (int i = 0; !isFreed && i < ordinaries; i++) {
                marks.unmark(ordinary[i]);
            }
        }
        if (bad >= 0) {
            refuse.accept(bad);
        }
    }

    /**
     * Claims entry by entry: an ordinary object is not live any more then, the guarded ones are freed together, and the
     * ordinary ones with them. Returns the first bad entry or -1.
     */
    private int tryToFree(long[] addresses, IntPredicate claim) {
        ordinary = new long[addresses.length];
        guarded = new long[addresses.length];
        entries = new int[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            guards.set(i, guard.covers(addresses[i]));
            if (!claim.test(i)) {
                return i;
            }
            if (guards.get(i)) {
                entries[guardeds] = i;
                guarded[guardeds++] = addresses[i];
            } else {
                ordinary[ordinaries++] = addresses[i];
            }
        }
        int refused = guard.free(guarded, guardeds, this::pushOrdinary);
        return refused < 0 ? -1 : entries[refused];
    }

    private void pushOrdinary() {
        isFreed = true;
        for (int i = 0; i < ordinaries; i++) {
            freed.push(cache, ordinary[i]);
        }
    }

    private Misuse misuse(int entry) {
        return guards.get(entry) ? guard.misuse() : misuse;
    }
}
