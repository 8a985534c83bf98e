package io.slabcache.memory;

import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.LinuxErrors;
import io.slabcache.internal.system.MemoryCalls;
import io.slabcache.memory.Refusals.Option;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A reservation of {@link MappedMemory}: one mapping between its guards, readable and writable all over, so that no access
 * by a segment of it can end the program. The options apply to each range when it is committed.
 */
final class MappedReservation implements MemoryReservation {
    private final MappedOptions options;
    private final MemoryCalls calls;
    private final MappedWishes wishes;
    private final Refusals refusals;
    private final Arena arena;
    private final MemorySegment segment;
    private final long pageBytes;

    MappedReservation(
            MappedOptions options,
            MemoryCalls calls,
            MappedWishes wishes,
            Refusals refusals,
            Arena arena,
            MemorySegment segment,
            long pageBytes) {
        this.options = options;
        this.calls = calls;
        this.wishes = wishes;
        this.refusals = refusals;
        this.arena = arena;
        this.segment = segment;
        this.pageBytes = pageBytes;
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public long pageBytes() {
        return pageBytes;
    }

    @Override
    public void commit(long offset, long bytes) {
        MemorySegment range = segment.asSlice(offset, bytes);
        boolean isDone = false;
        try {
            Pages pages = options.pages() == Pages.HUGE_2M ? mapHuge(range) : options.pages();
            wishes.beforeTouch(range.address(), bytes, pages);
            wishes.makePresent(range, bytes);
            isDone = true;
        } finally {
            if (!isDone) {
                takeBack(range);
            }
        }
    }

    /**
     * Puts pages of the pool in the place of usual ones. Linux counts them as used at once, so none is missing at the
     * first touch.
     */
    private Pages mapHuge(MemorySegment range) {
        int flags = LinuxConstants.MAP_FIXED | LinuxConstants.MAP_HUGE_2M;
        long result = calls.map(range.address(), range.byteSize(), LinuxConstants.PROT_READ_WRITE, flags);
        if (result >= 0) {
            return Pages.HUGE_2M;
        }
        // Some kernels leave a hole, in which any access would end the program.
        long usual = mapUsual(range);
        if (usual < 0) {
            throw new OutOfMemoryError("mapped memory '" + options.name() + "': no range of " + range.byteSize()
                    + " bytes: mmap: " + LinuxErrors.inWords(usual) + "; is vm.max_map_count too small?");
        }
        refusals.add(Option.HUGE_2M, "mmap with MAP_HUGETLB: " + LinuxErrors.inWords(result));
        return Pages.TRANSPARENT_HUGE;
    }

    /** Puts usual pages, which take no memory before they are touched, in the place of others. */
    private long mapUsual(MemorySegment range) {
        int flags = LinuxConstants.MAP_FIXED | LinuxConstants.MAP_NORESERVE;
        long result = calls.map(range.address(), range.byteSize(), LinuxConstants.PROT_READ_WRITE, flags);
        calls.name(range.address(), range.byteSize(), options.name());
        return Math.min(result, 0);
    }

    @Override
    public void release(long offset, long bytes) {
        MemorySegment range = segment.asSlice(offset, bytes);
        long result = takeBack(range);
        if (result < 0) {
            throw new IllegalStateException("memory of " + bytes + " bytes at 0x" + Long.toHexString(range.address())
                    + " could not be given back: " + LinuxErrors.inWords(result));
        }
    }

    /** Pages of the pool are set aside for their mapping until that ends. Locked pages are not given back. */
    private long takeBack(MemorySegment range) {
        if (options.locked()) {
            calls.unlock(range.address(), range.byteSize());
        }
        return options.pages() == Pages.HUGE_2M
                ? mapUsual(range)
                : calls.advise(range.address(), range.byteSize(), LinuxConstants.MADV_DONTNEED);
    }

    /** The end of the arena ends the mapping. */
    @Override
    public void close() {
        arena.close();
    }
}
