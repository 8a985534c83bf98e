package io.slabcache.memory;

import io.slabcache.internal.budget.Counted;
import io.slabcache.internal.budget.Ledger;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A region whose bytes are counted in a ledger until it is closed. What it takes is known only when the region has told
 * its segment and its overhead, so the count is put right then.
 */
final class LimitedRegion implements MemoryRegion, Counted {
    private final Ledger ledger;

    /** The bytes counted for this region; 0 once it is closed. */
    private final AtomicLong counted;

    // Written by the thread that makes the region, before another thread knows it.
    private @Nullable MemoryRegion region;
    private long segmentBytes;

    LimitedRegion(Ledger ledger, long counted) {
        this.ledger = ledger;
        this.counted = new AtomicLong(counted);
    }

    /**
     * Asks the source. This object exists before the region, so that a full heap cannot lose the region.
     *
     * @throws IllegalStateException if the source returns null
     */
    void request(MemorySource source, long bytes, long alignment) {
        region = source.allocate(bytes, alignment);
        if (region == null) {
            throw new IllegalStateException("memory source " + source + " returned null; asked for a region of " + bytes
                    + " bytes aligned to " + alignment);
        }
    }

    @Override
    public MemoryRegion inner() {
        return Objects.requireNonNull(region);
    }

    /** The overhead is not known yet, so this counts no less than before. */
    @Override
    public MemorySegment segment() {
        MemorySegment segment = inner().segment();
        if (segment != null) {
            segmentBytes = segment.byteSize();
            count(Math.max(segmentBytes, counted.get()));
        }
        return segment;
    }

    @Override
    public long overheadBytes() {
        long overhead = inner().overheadBytes();
        if (overhead >= 0) {
            count(segmentBytes + overhead);
        }
        return overhead;
    }

    private void count(long bytes) {
        long more = bytes - counted.get();
        if (more > 0 && !ledger.take(more)) {
            throw ledger.spent(more);
        }
        if (more < 0) {
            ledger.giveBack(-more);
        }
        counted.set(bytes);
    }

    /** If the close fails, the bytes stay counted. */
    @Override
    public void close() {
        inner().close();
        // A second close gives nothing back a second time.
        long bytes = counted.getAndSet(0);
        if (bytes > 0) {
            ledger.close(bytes);
        }
    }
}
