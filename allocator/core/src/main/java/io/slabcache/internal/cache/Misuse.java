package io.slabcache.internal.cache;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains why a free was refused, and has it reported. */
public final class Misuse {
    private static final String BY_LEASE = " that its lease will free; expected close() on the lease";
    private static final String BY_ARENA = " that its arena will free; expected close() on the arena";

    private final CacheCore core;
    private final Reports reports;
    private final ObjectHistory history;

    Misuse(CacheCore core, Reports reports, ObjectHistory history) {
        this.core = core;
        this.reports = reports;
        this.history = history;
    }

    public void report(long address) {
        StackReserve.claimForFirstUse();
        report(address, diagnose(address));
    }

    void report(@Nullable MemorySegment object) {
        StackReserve.claimForFirstUse();
        report(object == null ? 0 : object.address(), diagnose(object));
    }

    /** Reports the bad entry of a bulk free that freed nothing. */
    void reportEntry(int entry, long address) {
        StackReserve.claimForFirstUse();
        report(address, ofEntry(entry, diagnose(address)));
    }

    /** Reports the bad segment, or {@code null}, of a bulk free that freed nothing. */
    void reportEntry(int entry, @Nullable MemorySegment object) {
        StackReserve.claimForFirstUse();
        report(object == null ? 0 : object.address(), ofEntry(entry, diagnose(object)));
    }

    private static InvalidFreeException ofEntry(int entry, InvalidFreeException what) {
        return new InvalidFreeException(
                what.kind(), "entry " + entry + " of a bulk free that freed nothing: " + what.getMessage());
    }

    /**
     * Reports a refused free.
     *
     * @param address that the caller wanted to free; 0 if there is none
     * @param refused what was wrong
     */
    public void report(long address, InvalidFreeException refused) {
        String text = Objects.requireNonNull(refused.getMessage());
        Slab slab = core.supply.find(address);
        MisuseReport.Kind kind = MisuseReport.Kind.valueOf(refused.kind().name());
        String name = core.identity.name();
        long id = core.identity.id();
        Optional<ObjectTrack> unknown = Optional.empty();
        if (slab == null) {
            reports.refused(new MisuseReport(name, id, kind, address, 0, -1, 0, unknown, unknown, text), refused);
            return;
        }
        int index = slab.indexOf(address);
        Optional<ObjectTrack> allocated = history.allocated(slab, index);
        Optional<ObjectTrack> freed = history.freed(slab, index);
        reports.refused(
                new MisuseReport(
                        name, id, kind, address, slab.address(index), index, slab.address(0), allocated, freed, text),
                refused);
    }

    InvalidFreeException diagnose(@Nullable MemorySegment object) {
        if (object == null) {
            return refused(Kind.NULL, "free of null; expected a segment from " + core);
        }
        if (!object.isNative()) {
            return refused(Kind.FOREIGN, "free of a heap segment; expected a segment from " + core);
        }
        long address = object.address();
        Slab slab = core.supply.find(address);
        if (slab == null || !slab.startsAt(address)) {
            return diagnose(address);
        }
        String given = "free of a segment at 0x" + Long.toHexString(address);
        if (object.byteSize() != core.objectSize()) {
            return refused(
                    Kind.WRONG_SIZE,
                    given + " with " + object.byteSize() + " bytes; expected all " + core.objectSize()
                            + " bytes of the object of " + core
                            + ", is this a slice of it, or MemorySegment.ofBuffer of a buffer after flip()? Free the segment"
                            + " that was handed out, or call freeBuffer(buffer)");
        }
        return object.isReadOnly() || !object.scope().isAlive() ? ofUnusable(object) : diagnose(address);
    }

    /** The refusal of a segment that is read-only, or whose memory was returned. */
    InvalidFreeException ofUnusable(MemorySegment object) {
        String given = "free of a segment at 0x" + Long.toHexString(object.address());
        return object.isReadOnly()
                ? refused(
                        Kind.FOREIGN,
                        given + " that is read-only; expected the writable segment that " + core + " handed out")
                : refused(
                        Kind.FOREIGN,
                        given + " whose memory was returned; " + core
                                + " may have other objects there now, is this the segment of a closed lease, or one"
                                + " kept since before a shrink?");
    }

    InvalidFreeException diagnose(long address) {
        if (address == 0) {
            return refused(
                    Kind.NULL,
                    "free of address 0; expected an object of " + core
                            + ", was the result of a failed tryAllocate freed?");
        }
        String given = "free of 0x" + Long.toHexString(address);
        Slab slab = core.supply.find(address);
        if (slab == null) {
            OpenCache owner = CacheRegistry.findByAddress(address);
            return owner == null || owner.id() == core.identity.id()
                    ? refused(
                            Kind.FOREIGN, given + ", which lies in no slab of any cache; expected an object of " + core)
                    : refused(Kind.WRONG_CACHE, given + " to " + core + ", but it belongs to " + owner);
        }
        int index = slab.indexOf(address);
        long start = slab.address(index);
        if (address != start) {
            String where = given + ", which lies " + (address - start) + " bytes into the object at 0x"
                    + Long.toHexString(start) + " of " + core;
            return refused(
                    Kind.INTERIOR, where + (isOfArena(slab, start) ? BY_ARENA : "; expected the start of an object"));
        }
        if (LeaseMarks.isLeased(slab.liveBytes(), slab.place(address))) {
            return refused(
                    Kind.DOUBLE_FREE,
                    given + ", an object of " + core + (isOfArena(slab, address) ? BY_ARENA : BY_LEASE));
        }
        return refused(
                Kind.DOUBLE_FREE,
                given + ", an object of " + core + " that is free already;"
                        + " was it freed twice, or handed to two owners?" + history.text(slab, index));
    }

    /** Whether an object is on lease to an arena: no other lease takes objects of size classes. */
    private static boolean isOfArena(Slab slab, long start) {
        return slab.geometry.sizeClass != 0 && LeaseMarks.isLeased(slab.liveBytes(), slab.place(start));
    }

    private static InvalidFreeException refused(Kind kind, String message) {
        return new InvalidFreeException(kind, message);
    }
}
