package io.slabcache.internal.slab;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.List;

/** Does what the first uses of a slab would otherwise pay for: page faults, and the segments of objects. */
public final class SlabWarming {
    /** The smallest page of all supported systems. */
    private static final long PAGE = 4096;

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private SlabWarming() {}

    /**
     * Touches every page, and makes all segments if the slabs keep them. Live objects stay as they are. A slab that is
     * removed meanwhile is left out: its scope ends, or it is retired before its range is given back.
     *
     * @param slabs of one supply
     */
    public static void warm(List<Slab> slabs) {
        for (Slab slab : slabs) {
            try {
                touch(slab.memory(), slab);
                makeHandles(slab);
            } catch (IllegalStateException e) {
                if (slab.memory().scope().isAlive()) {
                    throw e;
                }
            }
        }
    }

    static void touch(MemorySegment memory) {
        touch(memory, Slab.NONE);
    }

    /** Adds 0 atomically, so that a concurrent write by the owner of an object is not lost. */
    private static void touch(MemorySegment memory, Slab slab) {
        // Regions are aligned to 64 bytes at least, so each word is aligned.
        long last = (memory.byteSize() - Integer.BYTES) & -Integer.BYTES;
        for (long at = 0; at < last && !slab.isRetired(); at += PAGE) {
            int ignored = (int) WORD.getAndAdd(memory, at, 0);
        }
        if (last >= 0 && !slab.isRetired()) {
            int ignored = (int) WORD.getAndAdd(memory, last, 0);
        }
    }

    private static void makeHandles(Slab slab) {
        if (slab.geometry.keepsHandles) {
            for (int i = 0; i < slab.objects(); i++) {
                slab.handle(slab.address(i));
            }
        }
    }
}
