package io.slabcache.memory;

import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.LinuxErrors;
import io.slabcache.internal.system.Mapping;
import io.slabcache.internal.system.MemoryCalls;
import io.slabcache.internal.system.TransparentHuge;
import io.slabcache.memory.Refusals.Option;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;

/** Makes the regions of {@link MappedMemory}: each is one mapping, with the options in an order that the system needs. */
final class MappedRegions implements MemorySource {
    private static final long HUGE_BYTES = 2L << 20;

    /** From four pieces on, several threads touch them. */
    private static final long PIECE_BYTES = 16L << 20;

    private final MappedOptions options;
    private final MemoryCalls calls;
    private final Refusals refusals;
    private final TransparentHuge transparent;

    MappedRegions(MappedOptions options, MemoryCalls calls, TransparentHuge transparent, Refusals refusals) {
        this.options = options;
        this.calls = calls;
        this.transparent = transparent;
        this.refusals = refusals;
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
        // Before the first touch, which decides where a page comes from and how large it is.
        if (pages == Pages.TRANSPARENT_HUGE) {
            adviseHuge(mapping);
        }
        bind(mapping);
        // Most kernels are built without names, which are only an aid to read their files.
        calls.name(mapping.address(), mapping.bytes(), options.name());
        MemorySegment segment = calls.view(mapping.address(), bytes, arena, mapping::release);
        touch(mapping, segment);
        lock(mapping);
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
        long result = mapping.reserve(bytes, alignment, options.guardPages() ? calls.pageBytes() : 0);
        if (result < 0) {
            throw noMemory(bytes, "mmap: " + LinuxErrors.inWords(result));
        }
    }

    private OutOfMemoryError noMemory(long bytes, String why) {
        return new OutOfMemoryError("mapped memory '" + options.name() + "': no region of " + bytes + " bytes: " + why
                + "; look at ulimit -v and -d, vm.max_map_count, vm.overcommit_memory and the limit of the container");
    }

    private void adviseHuge(Mapping mapping) {
        Optional<Path> forbidden = transparent.forbiddenBy();
        if (forbidden.isPresent()) {
            refusals.add(Option.TRANSPARENT_HUGE, forbidden.get() + " says never");
            return;
        }
        long result = calls.advise(mapping.address(), mapping.bytes(), LinuxConstants.MADV_HUGEPAGE);
        if (result < 0) {
            refusals.add(Option.TRANSPARENT_HUGE, "madvise with MADV_HUGEPAGE: " + LinuxErrors.inWords(result));
        }
    }

    /** A node that is full ends a program that insists on it, so only strict options do. */
    private void bind(Mapping mapping) {
        if (options.numaNode() >= 0) {
            int mode = options.strict() ? LinuxConstants.MPOL_BIND : LinuxConstants.MPOL_PREFERRED;
            long result = calls.bind(mapping.address(), mapping.bytes(), mode, options.numaNode());
            if (result < 0) {
                refusals.add(Option.NUMA, "mbind to node " + options.numaNode() + ": " + LinuxErrors.inWords(result));
            }
        }
    }

    private void touch(Mapping mapping, MemorySegment segment) {
        if (options.preTouch()) {
            long result = populate(mapping);
            if (LinuxErrors.ENOMEM.is(result) || LinuxErrors.EFAULT.is(result) || LinuxErrors.EHWPOISON.is(result)) {
                // A write to these pages would end the program.
                refusals.add(Option.PRESENT, "madvise with MADV_POPULATE_WRITE: " + LinuxErrors.inWords(result));
            } else if (result < 0) {
                refusals.add(Option.PRE_TOUCH, LinuxErrors.inWords(result));
                for (long offset = 0; offset < segment.byteSize(); offset += calls.pageBytes()) {
                    segment.set(ValueLayout.JAVA_BYTE, offset, (byte) 0);
                }
            }
        }
    }

    /** The system zeroes each page, which takes a thread about a second for each GiB. */
    private long populate(Mapping mapping) {
        long pieces = MemorySizes.roundUp(mapping.bytes(), PIECE_BYTES) / PIECE_BYTES;
        if (pieces < 4) {
            return populate(mapping, 0, mapping.bytes());
        }
        return LongStream.range(0, pieces)
                .parallel()
                .map(piece -> populate(mapping, piece * PIECE_BYTES, PIECE_BYTES))
                .min()
                .getAsLong();
    }

    private long populate(Mapping mapping, long offset, long bytes) {
        long length = Math.min(bytes, mapping.bytes() - offset);
        return calls.advise(mapping.address() + offset, length, LinuxConstants.MADV_POPULATE_WRITE);
    }

    private void lock(Mapping mapping) {
        if (options.locked()) {
            long result = calls.lock(mapping.address(), mapping.bytes());
            if (result < 0) {
                // It may have locked a part, which would count against the limit.
                calls.unlock(mapping.address(), mapping.bytes());
                refusals.add(Option.LOCK, "mlock of " + mapping.bytes() + " bytes: " + LinuxErrors.inWords(result));
            }
        }
    }
}
