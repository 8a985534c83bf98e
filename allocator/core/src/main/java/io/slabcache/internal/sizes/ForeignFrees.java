package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.cache.Reports;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports frees of what starts no object of an allocator: neither of a class nor a large one. */
public final class ForeignFrees {
    private final String allocator;
    private final LargeObjects large;
    private final Reports reports;

    /**
     * Reports for one allocator.
     *
     * @param name of the allocator
     * @param large its large objects
     * @param reports of the allocator
     */
    public ForeignFrees(String name, LargeObjects large, Reports reports) {
        this.allocator = "allocator '" + name + "'";
        this.large = large;
        this.reports = reports;
    }

    /** {@return the address of native memory, or 0} */
    public static long address(@Nullable MemorySegment object) {
        return object == null || !object.isNative() ? 0 : object.address();
    }

    /** Reports a segment. Returns only if the policy says that it is to be ignored. */
    public void report(@Nullable MemorySegment object) {
        StackReserve.claimForFirstUse();
        report(address(object), refusal(object));
    }

    /** Reports an address. Returns only if the policy says that it is to be ignored. */
    public void report(long address) {
        StackReserve.claimForFirstUse();
        report(address, refusal(address));
    }

    /** {@return what is wrong with a segment, for a call that cannot be ignored} */
    InvalidFreeException refusal(@Nullable MemorySegment object) {
        if (object == null) {
            return new InvalidFreeException(Kind.NULL, "free of null; expected a segment from " + allocator);
        }
        return object.isNative()
                ? refusal(object.address())
                : new InvalidFreeException(
                        Kind.FOREIGN,
                        "free of a heap segment of " + object.byteSize() + " bytes; expected a segment from "
                                + allocator);
    }

    /** {@return what is wrong with an address, for a call that cannot be ignored} */
    public InvalidFreeException refusal(long address) {
        if (address == 0) {
            return new InvalidFreeException(Kind.NULL, "free of address 0; expected an object of " + allocator);
        }
        String given = "free of 0x" + Long.toHexString(address);
        LargeObject object = large.covering(address);
        if (object != null) {
            return new InvalidFreeException(
                    Kind.INTERIOR,
                    given + ", which lies " + (address - object.address()) + " bytes into the object of "
                            + object.bytes() + " bytes at 0x" + Long.toHexString(object.address()) + " of " + allocator
                            + "; expected the start of an object");
        }
        OpenCache owner = CacheRegistry.findByAddress(address);
        return owner == null
                ? new InvalidFreeException(
                        Kind.FOREIGN,
                        given + ", which lies in no memory of any cache; expected an object of " + allocator
                                + ", was it a large one that was freed before?")
                : new InvalidFreeException(
                        Kind.WRONG_CACHE, given + " to " + allocator + ", but it belongs to " + owner);
    }

    /** Reports the bad entry of a bulk free that freed nothing. */
    void reportEntry(int entry, long address, InvalidFreeException refused) {
        StackReserve.claimForFirstUse();
        report(
                address,
                new InvalidFreeException(
                        refused.kind(),
                        "entry " + entry + " of a bulk free that freed nothing: " + refused.getMessage()));
    }

    private void report(long address, InvalidFreeException refused) {
        reports.refused(
                new MisuseReport(
                        large.name(),
                        large.id(),
                        MisuseReport.Kind.valueOf(refused.kind().name()),
                        address,
                        0,
                        -1,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        String.valueOf(refused.getMessage())),
                refused);
    }
}
