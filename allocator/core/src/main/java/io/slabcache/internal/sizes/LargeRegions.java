package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks the memory source for the regions of large objects, checks them, and gives them back. No lock is held meanwhile. A
 * region that a native call still uses is closed later.
 */
final class LargeRegions {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    /** Bytes of a redzone on each side; more before an object whose alignment is larger. */
    private static final int REDZONE = 64;

    /** More than any machine has, and small enough that sums do not overflow. */
    private static final long MOST_BYTES = 1L << 56;

    private final MemorySource source;
    private final boolean redzones;
    private final Queue<LargeObject> unclosed = new ConcurrentLinkedQueue<>();
    private final AtomicLong unclosedBytes = new AtomicLong();

    LargeRegions(MemorySource source, boolean redzones) {
        this.source = source;
        this.redzones = redzones;
    }

    LargeObject create(long bytes, long alignment, @Nullable ObjectTrack track, boolean leased) {
        if (bytes > MOST_BYTES || alignment > MOST_BYTES) {
            throw new OutOfMemoryError("no memory source has " + bytes + " bytes aligned to " + alignment);
        }
        long lead = redzones ? Math.max(alignment, REDZONE) : 0;
        long whole = Math.max(bytes, 1) + lead + (redzones ? REDZONE : 0);
        MemoryRegion region = source.allocate(whole, alignment);
        if (region == null) {
            throw refused("null", whole, alignment);
        }
        try {
            MemorySegment memory = region.segment();
            if (memory == null || !isUsable(memory, whole, alignment)) {
                throw refused(String.valueOf(memory), whole, alignment);
            }
            long overhead = region.overheadBytes();
            if (overhead < 0) {
                throw refused("a region with " + overhead + " bytes of overhead", whole, alignment);
            }
            LargeObject made = new LargeObject(
                    region, memory, memory.asSlice(lead, bytes), overhead, redzones ? REDZONE : 0, track, leased);
            made.fillRedzones();
            return made;
        } catch (Throwable e) {
            try {
                region.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static boolean isUsable(MemorySegment memory, long bytes, long alignment) {
        return memory.isNative()
                && !memory.isReadOnly()
                && memory.scope().isAlive()
                && memory.byteSize() >= bytes
                && memory.address() > 0
                && (memory.address() & alignment - 1) == 0;
    }

    private IllegalStateException refused(String came, long bytes, long alignment) {
        return new IllegalStateException("memory source " + source + " returned " + came + "; asked for writable native"
                + " memory of at least " + bytes + " bytes aligned to " + alignment);
    }

    /**
     * Gives an object's region back, now or later. Like the regions of slabs, one is closed again if a native call uses it,
     * or if its close found too little stack or heap; otherwise its source may have given the memory to others.
     */
    void close(LargeObject object) {
        try {
            object.region().close();
        } catch (RuntimeException | Error e) {
            boolean isAlive = object.memory().scope().isAlive();
            if (isAlive) {
                unclosedBytes.addAndGet(object.regionBytes());
            }
            if (isAlive && (e instanceof IllegalStateException || e instanceof VirtualMachineError)) {
                unclosed.add(object);
            } else {
                report(object, isAlive, e);
            }
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private static void report(LargeObject object, boolean isAlive, Throwable failure) {
        try {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the region of a large object could not be closed; "
                            + (isAlive
                                    ? "its " + object.regionBytes() + " bytes stay reserved"
                                    : "its memory is gone nevertheless"),
                    failure);
        } catch (RuntimeException e) {
            // From a log handler of the user.
        }
    }

    /** Tries again what could not be closed; returns the bytes that went back. */
    long closeAgain() {
        long before = unclosedBytes.get();
        for (int left = unclosed.size(); left > 0; left--) {
            LargeObject object = unclosed.poll();
            if (object == null) {
                break;
            }
            unclosedBytes.addAndGet(-object.regionBytes());
            close(object);
        }
        return Math.max(0, before - unclosedBytes.get());
    }

    /** Bytes of regions that could not be closed. */
    long unclosedBytes() {
        return unclosedBytes.get();
    }
}
