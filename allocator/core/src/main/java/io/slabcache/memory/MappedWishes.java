package io.slabcache.memory;

import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.LinuxErrors;
import io.slabcache.internal.system.MemoryCalls;
import io.slabcache.internal.system.TransparentHuge;
import io.slabcache.memory.Refusals.Option;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;

/** Applies the options of {@link MappedMemory} to a range of mapped memory, in an order that the system needs. */
final class MappedWishes {
    /** From four pieces on, several threads touch them. */
    private static final long PIECE_BYTES = 16L << 20;

    private final MappedOptions options;
    private final MemoryCalls calls;
    private final TransparentHuge transparent;
    private final Refusals refusals;

    MappedWishes(MappedOptions options, MemoryCalls calls, TransparentHuge transparent, Refusals refusals) {
        this.options = options;
        this.calls = calls;
        this.transparent = transparent;
        this.refusals = refusals;
    }

    /**
     * Does what decides where a page comes from and how large it is.
     *
     * @param pages that the range has, or is to have
     */
    void beforeTouch(long address, long bytes, Pages pages) {
        if (pages == Pages.TRANSPARENT_HUGE) {
            adviseHuge(address, bytes);
        }
        bind(address, bytes);
        // Most kernels are built without names, which are only an aid to read their files.
        calls.name(address, bytes, options.name());
    }

    /**
     * Makes a range present, and keeps it so.
     *
     * @param segment the range
     * @param bytes of whole pages from its start
     */
    void makePresent(MemorySegment segment, long bytes) {
        touch(segment, bytes);
        lock(segment.address(), bytes);
    }

    private void adviseHuge(long address, long bytes) {
        Optional<Path> forbidden = transparent.forbiddenBy();
        if (forbidden.isPresent()) {
            refusals.add(Option.TRANSPARENT_HUGE, forbidden.get() + " says never");
            return;
        }
        long result = calls.advise(address, bytes, LinuxConstants.MADV_HUGEPAGE);
        if (result < 0) {
            refusals.add(Option.TRANSPARENT_HUGE, "madvise with MADV_HUGEPAGE: " + LinuxErrors.inWords(result));
        }
    }

    /** A node that is full ends a program that insists on it, so only strict options do. */
    private void bind(long address, long bytes) {
        if (options.numaNode() >= 0) {
            int mode = options.strict() ? LinuxConstants.MPOL_BIND : LinuxConstants.MPOL_PREFERRED;
            long result = calls.bind(address, bytes, mode, options.numaNode());
            if (result < 0) {
                refusals.add(Option.NUMA, "mbind to node " + options.numaNode() + ": " + LinuxErrors.inWords(result));
            }
        }
    }

    private void touch(MemorySegment segment, long bytes) {
        if (options.preTouch()) {
            long result = populate(segment.address(), bytes);
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
    private long populate(long address, long bytes) {
        long pieces = MemorySizes.roundUp(bytes, PIECE_BYTES) / PIECE_BYTES;
        if (pieces < 4) {
            return calls.advise(address, bytes, LinuxConstants.MADV_POPULATE_WRITE);
        }
        return LongStream.range(0, pieces)
                .map(piece -> piece * PIECE_BYTES)
                .parallel()
                .map(offset -> calls.advise(
                        address + offset, Math.min(bytes - offset, PIECE_BYTES), LinuxConstants.MADV_POPULATE_WRITE))
                .min()
                .getAsLong();
    }

    private void lock(long address, long bytes) {
        if (options.locked()) {
            long result = calls.lock(address, bytes);
            if (result < 0) {
                // It may have locked a part, which would count against the limit.
                calls.unlock(address, bytes);
                refusals.add(Option.LOCK, "mlock of " + bytes + " bytes: " + LinuxErrors.inWords(result));
            }
        }
    }
}
