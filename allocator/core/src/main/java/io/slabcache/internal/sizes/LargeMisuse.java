package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.InvalidFreeException;
import io.slabcache.diagnostics.InvalidFreeException.Kind;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.internal.cache.Reports;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.registry.CacheIdentity;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports misuse of large objects. */
final class LargeMisuse {
    private final CacheIdentity identity;
    private final Reports reports;

    LargeMisuse(CacheIdentity identity, Reports reports) {
        this.identity = identity;
        this.reports = reports;
    }

    /** Reports a segment that starts like an object but may not free it. */
    void notWhole(MemorySegment segment, LargeObject object) {
        StackReserve.claimForFirstUse();
        InvalidFreeException refused = ofPart(segment, object);
        reports.refused(
                report(
                        MisuseReport.Kind.valueOf(refused.kind().name()),
                        segment.address(),
                        object,
                        refused.getMessage()),
                refused);
    }

    /** {@return why a segment may not free the object that starts like it, or null if it may} */
    @Nullable
    InvalidFreeException refusal(MemorySegment segment, LargeObject object) {
        return object.isWhole(segment) ? refusal(object) : ofPart(segment, object);
    }

    /** {@return why an object may not be freed by its address, or null if it may} */
    @Nullable
    InvalidFreeException refusal(LargeObject object) {
        return object.leased() ? ofLeased(object) : null;
    }

    /** {@return why a segment that starts like an object may not free it} */
    private InvalidFreeException ofPart(MemorySegment segment, LargeObject object) {
        String given = "free of a segment at 0x" + Long.toHexString(segment.address());
        return segment.byteSize() != object.bytes()
                ? new InvalidFreeException(
                        Kind.WRONG_SIZE,
                        given + " with " + segment.byteSize() + " bytes to " + identity + "; expected all "
                                + object.bytes()
                                + " bytes that were asked for, is this a slice? Free the segment that was handed out")
                : new InvalidFreeException(
                        Kind.FOREIGN,
                        given + " that is read-only or whose memory was returned; expected the segment that " + identity
                                + " handed out");
    }

    /** Reports the free of an object that belongs to an arena. */
    void leased(LargeObject object) {
        StackReserve.claimForFirstUse();
        InvalidFreeException refused = ofLeased(object);
        reports.refused(report(MisuseReport.Kind.DOUBLE_FREE, object.address(), object, refused.getMessage()), refused);
    }

    /** {@return why an object that belongs to an arena may not be freed} */
    private InvalidFreeException ofLeased(LargeObject object) {
        return new InvalidFreeException(
                Kind.DOUBLE_FREE,
                "free of 0x" + Long.toHexString(object.address()) + ", an object of " + identity
                        + " that its arena will free; expected close() on the arena");
    }

    /** Reports a redzone that was overwritten; the object is freed. */
    void overwritten(LargeObject object, long bad) {
        StringBuilder text = new StringBuilder(identity.toString())
                .append(": redzone overwritten, ")
                .append(bad < object.address() ? "before the start" : "past the end")
                .append(": byte at offset ")
                .append(bad - object.address())
                .append(" of the object of ")
                .append(object.bytes())
                .append(" bytes at 0x")
                .append(Long.toHexString(object.address()));
        Description.appendTracks(text, object.track(), null);
        text.append("\nthe object was freed");
        reports.found(List.of(report(MisuseReport.Kind.REDZONE, bad, object, text.toString())));
    }

    private MisuseReport report(MisuseReport.Kind kind, long address, LargeObject object, @Nullable String text) {
        return new MisuseReport(
                identity.name(),
                identity.id(),
                kind,
                address,
                object.address(),
                -1,
                object.address(),
                Optional.ofNullable(object.track()),
                Optional.empty(),
                String.valueOf(text));
    }
}
