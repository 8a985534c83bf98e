package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.internal.slab.Slab;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls for many objects. Objects of one class go the way of that class's bulk calls. For a mixture the entries are
 * checked first, and then freed one by one.
 */
public final class SizedBulk {
    private final AnySize sizes;
    private final ClassCaches classes;

    SizedBulk(AnySize sizes) {
        this.sizes = sizes;
        this.classes = sizes.classes;
    }

    /** Allocates many objects of one size or none. */
    public void allocate(long bytes, long[] addresses, int offset, int count) {
        AnySize.require(bytes, 1, 1);
        Objects.checkFromIndexSize(offset, count, addresses.length);
        if (bytes <= SizeClasses.LARGEST) {
            sizes.small.allocateBulk(SizeClasses.number(bytes), bytes, addresses, offset, count);
            return;
        }
        classes.requireOpen();
        long[] made = new long[count];
        int done = 0;
        try {
            while (done < count) {
                made[done] = sizes.allocateAddress(bytes, 1);
                done++;
            }
        } finally {
            for (int i = 0; done < count && i < done; i++) {
                sizes.freeAddress(made[i]);
            }
        }
        System.arraycopy(made, 0, addresses, offset, count);
    }

    /** Frees many objects or none. */
    public void free(long[] addresses, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, addresses.length);
        SizeClass common = commonClass(addresses, offset, count);
        if (common != null) {
            common.freeBulk(addresses, offset, count);
        } else {
            classes.requireOpen();
            // The caller may change its array meanwhile.
            freeMixed(Arrays.copyOfRange(addresses, offset, offset + count));
        }
    }

    /** The class of all objects, or null if there is none or they have several. */
    private @Nullable SizeClass commonClass(long[] addresses, int offset, int count) {
        SizeClass common = null;
        for (int i = offset; i < offset + count; i++) {
            Slab slab = classes.find(addresses[i]);
            SizeClass next = slab == null ? null : classes.classOf(slab);
            if (next == null || common != null && next != common) {
                return null;
            }
            common = next;
        }
        return common;
    }

    private void freeMixed(long[] addresses) {
        int repeated = repeated(addresses);
        for (int i = 0; i < addresses.length; i++) {
            InvalidFreeException refused = refusal(addresses[i]);
            if (refused == null && i == repeated) {
                refused = new InvalidFreeException(
                        InvalidFreeException.Kind.DOUBLE_FREE,
                        "free of 0x" + Long.toHexString(addresses[i]) + ", which an earlier entry frees, too");
            }
            if (refused != null) {
                sizes.foreign.reportEntry(i, addresses[i], refused);
                return;
            }
        }
        for (long address : addresses) {
            sizes.freeAddress(address);
        }
    }

    private @Nullable InvalidFreeException refusal(long address) {
        Slab slab = classes.findSurely(address);
        if (slab != null) {
            return classes.classOf(slab).refusal(slab, address);
        }
        LargeObject object = sizes.large.find(address);
        return object != null ? sizes.large.misuse.refusal(object) : sizes.foreign.refusal(address);
    }

    /** The position of the first entry that repeats an earlier one, or -1. */
    private static int repeated(long[] addresses) {
        long[] sorted = addresses.clone();
        Arrays.sort(sorted);
        boolean any = false;
        for (int i = 1; i < sorted.length; i++) {
            any |= sorted[i] == sorted[i - 1];
        }
        Set<Long> earlier = new HashSet<>();
        for (int i = 0; any && i < addresses.length; i++) {
            if (!earlier.add(addresses[i])) {
                return i;
            }
        }
        return -1;
    }
}
