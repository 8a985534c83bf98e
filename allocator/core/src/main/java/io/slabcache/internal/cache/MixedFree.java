package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** One bulk free with guarded objects among the others, all or none. So rare that it handles each object singly. */
final class MixedFree {
    private final ThreadCache cache;
    private final Guard guard;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final Misuse misuse;

    /** Which entries are guarded. Asked once, because a shrink may remove an object that is free already. */
    private final BitSet guards = new BitSet();

    private long[] ordinary = {};
    private int ordinaries;
    private long[] guarded = {};
    private int guardeds;

    /** The position in the call of each guarded entry. */
    private int[] entries = {};

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
     * Claims entry by entry, which marks ordinary objects free. The guarded ones are then freed together; if that
     * succeeds, the ordinary ones are pushed. Returns the first bad entry or -1.
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
