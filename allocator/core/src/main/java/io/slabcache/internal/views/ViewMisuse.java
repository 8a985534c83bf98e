package io.slabcache.internal.views;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;

/** Explains why something is not a view. The methods return only if the cache's policy is to warn. */
public final class ViewMisuse {
    private final CacheParts parts;

    /**
     * Explains for one cache.
     *
     * @param views of the cache
     */
    public ViewMisuse(ObjectViews<?> views) {
        this.parts = views.parts();
    }

    /**
     * Reports the free of native memory.
     *
     * @param address where it starts
     * @param size its bytes
     * @param given what it is, such as "a buffer"
     * @param mistake the likely mistake as a question, if it lies in an object
     */
    public void refuse(long address, long size, String given, String mistake) {
        StackReserve.claimForFirstUse();
        Slab slab = parts.slow.slabOf(address);
        if (slab == null) {
            parts.misuse.report(address);
            return;
        }
        long start = slab.address(slab.indexOf(address));
        Kind what = address != start ? Kind.INTERIOR : size != parts.core.objectSize() ? Kind.WRONG_SIZE : Kind.FOREIGN;
        String place = address == start
                ? " where an object starts"
                : " " + (address - start) + " bytes into the object at 0x" + Long.toHexString(start);
        refuse(
                address,
                what,
                given + " of " + size + " bytes at 0x" + Long.toHexString(address) + "," + place,
                mistake);
    }

    /**
     * Reports the free of something that has no place in the cache.
     *
     * @param address where it starts, or 0
     * @param what is wrong
     * @param given what it is
     * @param mistake the likely mistake as a question
     */
    public void refuse(long address, Kind what, String given, String mistake) {
        parts.core.requireOpen();
        parts.misuse.report(
                address,
                new InvalidFreeException(
                        what, "free of " + given + "; expected the buffer that " + parts + " handed out, " + mistake));
    }
}
