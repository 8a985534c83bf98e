package io.slabcache.memory;

import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.LinuxErrors;
import io.slabcache.internal.system.Mapping;
import io.slabcache.internal.system.MemoryCalls;
import io.slabcache.internal.system.Overcommit;
import io.slabcache.internal.system.TransparentHuge;
import io.slabcache.memory.Refusals.Option;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the regions and reservations of {@link MappedMemory}: each is one mapping. */
final class MappedRegions implements MemorySource {
    private static final long HUGE_BYTES = 2L << 20;

    private final MappedOptions options;
    private final MemoryCalls calls;
    private final Refusals refusals;
    private final TransparentHuge transparent;
    private final Overcommit overcommit;
    private final MappedWishes wishes;

    MappedRegions(
            MappedOptions options,
            MemoryCalls calls,
            TransparentHuge transparent,
            Overcommit overcommit,
            Refusals refusals) {
        this.options = options;
        this.calls = calls;
        this.transparent = transparent;
        this.overcommit = overcommit;
        this.refusals = refusals;
        this.wishes = new MappedWishes(options, calls, transparent, refusals);
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        Mapping mapping = new Mapping(calls);
        Arena arena = Arena.ofShared();
        try {
            return region(mapping, arena, bytes, alignment);
        } catch (Throwable e) {
            release(mapping, e);
            arena.close();
            throw e;
        }
    }

    /** If the system has no huge pages to give, a region takes less. */
    @Override
    public long regionBytes(long bytes, long alignment) {
        return MemorySizes.roundUp(bytes, options.pages() == Pages.HUGE_2M ? HUGE_BYTES : calls.pageBytes());
    }

    private static void release(Mapping mapping, Throwable because) {
        try {
            mapping.release();
        } catch (RuntimeException | Error e) {
            because.addSuppressed(e);
        }
    }

    private MemoryRegion region(Mapping mapping, Arena arena, long bytes, long alignment) {
        Pages pages = map(mapping, bytes, alignment);
        wishes.beforeTouch(mapping.address(), mapping.bytes(), pages);
        MemorySegment segment = calls.view(mapping.address(), bytes, arena, mapping::release);
        wishes.makePresent(segment, mapping.bytes());
        return MemoryRegion.of(arena, segment, mapping.bytes() - bytes);
    }

    /** Returns the pages that the mapping got, or is to get. */
    private Pages map(Mapping mapping, long bytes, long alignment) {
        if (options.pages() == Pages.HUGE_2M && mapHuge(mapping, bytes, alignment)) {
            return Pages.HUGE_2M;
        }
        long page = calls.pageBytes();
        boolean huge = options.pages() != Pages.BASE && bytes >= transparent.pageBytes();
        long aligned = Math.max(alignment, huge ? transparent.pageBytes() : page);
        reserve(mapping, MemorySizes.roundUp(bytes, page), aligned);
        long result = mapping.commit();
        if (result < 0) {
            throw noMemory(bytes, "mprotect: " + LinuxErrors.inWords(result));
        }
        return options.pages() == Pages.BASE ? Pages.BASE : Pages.TRANSPARENT_HUGE;
    }

    private boolean mapHuge(Mapping mapping, long bytes, long alignment) {
        reserve(mapping, MemorySizes.roundUp(bytes, HUGE_BYTES), Math.max(alignment, HUGE_BYTES));
        long result = mapping.commitHuge();
        if (result < 0) {
            mapping.release();
            refusals.add(Option.HUGE_2M, "mmap with MAP_HUGETLB: " + LinuxErrors.inWords(result));
        }
        return result == 0;
    }

    private void reserve(Mapping mapping, long bytes, long alignment) {
        long result = mapping.reserve(bytes, alignment, options.guardPages() ? calls.pageBytes() : 0, 0);
        if (result < 0) {
            throw noMemory(bytes, "mmap: " + LinuxErrors.inWords(result));
        }
    }

    private OutOfMemoryError noMemory(long bytes, String why) {
        return new OutOfMemoryError("mapped memory '" + options.name() + "': no region of " + bytes + " bytes: " + why
                + "; look at ulimit -v and -d, vm.max_map_count, vm.overcommit_memory and the limit of the container");
    }

    /** Addresses are no memory, so no option is tried here. The system does not count them against its memory. */
    @Override
    public Optional<MemoryReservation> reserve(long bytes, long alignment) {
        if (overcommit.isRefused()) {
            return Optional.empty();
        }
        Mapping mapping = new Mapping(calls);
        Arena arena = Arena.ofShared();
        try {
            MemoryReservation reservation = reservation(mapping, arena, bytes, alignment);
            if (reservation == null) {
                release(mapping, new IllegalStateException("no addresses"));
                arena.close();
            }
            return Optional.ofNullable(reservation);
        } catch (Throwable e) {
            release(mapping, e);
            arena.close();
            throw e;
        }
    }

    /** Null if the system refuses the addresses. */
    private @Nullable MemoryReservation reservation(Mapping mapping, Arena arena, long bytes, long alignment) {
        long unit = options.pages() == Pages.HUGE_2M ? HUGE_BYTES : calls.pageBytes();
        long aligned = Math.max(alignment, options.pages() == Pages.BASE ? unit : transparent.pageBytes());
        long guard = options.guardPages() ? calls.pageBytes() : 0;
        long all = MemorySizes.roundUp(bytes, unit);
        if (mapping.reserve(all, Math.max(aligned, unit), guard, LinuxConstants.MAP_NORESERVE) < 0
                || mapping.commit() < 0) {
            return null;
        }
        calls.name(mapping.address(), all, options.name());
        MemorySegment segment = calls.view(mapping.address(), all, arena, mapping::release);
        return new MappedReservation(options, calls, wishes, refusals, arena, segment, unit);
    }
}
