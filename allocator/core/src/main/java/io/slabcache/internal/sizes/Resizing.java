package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Changes the size of objects: in their place if the class stays the same, by a copy otherwise. The old object is checked
 * first, and freed last. A mistake is thrown whatever the policy, because there is nothing to return.
 */
public final class Resizing {
    /** In stack reserves: enough to copy. */
    private static final int MOVE = 4;

    private final AnySize sizes;
    private final ClassCaches classes;

    Resizing(AnySize sizes) {
        this.sizes = sizes;
        this.classes = sizes.classes;
    }

    /** {@return a segment of another size with the first bytes of an object} */
    public MemorySegment reallocate(@Nullable MemorySegment object, long bytes) {
        AnySize.require(bytes, 0, 1);
        long address = ForeignFrees.address(object);
        Slab slab = classes.findSurely(address);
        LargeObject large = slab == null ? sizes.large.find(address) : null;
        if (object == null || slab == null && large == null) {
            classes.requireOpen();
            throw sizes.foreign.refusal(object);
        }
        if (slab != null) {
            SizeClass served = classes.classOf(slab);
            throwIfAny(served.refusal(slab, object));
            if (served.resize(slab, address, bytes)) {
                return SizedObjects.segment(slab, address, bytes);
            }
        } else if (large != null) {
            throwIfAny(sizes.large.misuse.refusal(object, large));
        }
        StackReserve.claim(MOVE);
        MemorySegment moved = sizes.allocate(bytes, 1);
        MemorySegment.copy(object, 0, moved, 0, Math.min(object.byteSize(), bytes));
        free(object, moved.address());
        return moved;
    }

    /** The new object goes back if the old one was freed meanwhile. */
    private void free(MemorySegment old, long moved) {
        boolean done = false;
        try {
            sizes.free(old);
            done = true;
        } finally {
            if (!done) {
                sizes.freeAddress(moved);
            }
        }
    }

    /** {@return the address of another object with the first bytes of one} */
    public long reallocateAddress(long address, long bytes) {
        AnySize.require(bytes, 1, 1);
        Slab slab = classes.findSurely(address);
        LargeObject large = slab == null ? sizes.large.find(address) : null;
        if (slab == null && large == null) {
            classes.requireOpen();
            throw sizes.foreign.refusal(address);
        }
        if (slab != null) {
            SizeClass served = classes.classOf(slab);
            throwIfAny(served.refusal(slab, address));
            if (served.resize(slab, address, bytes)) {
                return address;
            }
        } else if (large != null) {
            throwIfAny(sizes.large.misuse.refusal(large));
        }
        StackReserve.claim(MOVE);
        MemorySegment old = sizes.segment(address, sizes.sizeOf(address));
        long moved = sizes.allocateAddress(bytes, 1);
        long copied = Math.min(old.byteSize(), bytes);
        MemorySegment.copy(old, 0, sizes.segment(moved, copied), 0, copied);
        boolean done = false;
        try {
            sizes.freeAddress(address);
            done = true;
        } finally {
            if (!done) {
                sizes.freeAddress(moved);
            }
        }
        return moved;
    }

    private static void throwIfAny(@Nullable InvalidFreeException refused) {
        if (refused != null) {
            throw refused;
        }
    }
}
