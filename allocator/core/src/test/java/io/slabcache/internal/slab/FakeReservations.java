package io.slabcache.internal.slab;

import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A source of reservations without memory, of at most so many bytes each, that checks what is done with them. */
final class FakeReservations implements MemorySource {
    private static final AtomicLong NEXT = new AtomicLong(1L << 44);

    private final long most;
    final List<Fake> made = new ArrayList<>();
    final List<Long> asked = new ArrayList<>();
    final List<MemoryRegion> regions = new ArrayList<>();
    int left = Integer.MAX_VALUE;

    /** Run at the beginning of each release. */
    Runnable whileReleasing = () -> {};

    /** Thrown once by the next commit. */
    Error failure;

    FakeReservations(long most) {
        this.most = most;
    }

    @Override
    public Optional<MemoryReservation> reserve(long bytes, long alignment) {
        asked.add(bytes);
        if (bytes > most || left-- <= 0) {
            return Optional.empty();
        }
        Fake fake = new Fake(bytes + Fake.PAGE - 1 & -Fake.PAGE, Math.max(alignment, Fake.PAGE));
        made.add(fake);
        return Optional.of(fake);
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        regions.add(region);
        return region;
    }

    final class Fake implements MemoryReservation {
        static final long PAGE = 4096;

        final Arena arena = Arena.ofShared();
        final MemorySegment segment;
        final BitSet committed = new BitSet();
        int closes;
        int refusals;

        @SuppressWarnings("restricted") // no memory is accessed
        Fake(long bytes, long alignment) {
            long address = NEXT.addAndGet(bytes + 2 * alignment) & -alignment;
            segment = MemorySegment.ofAddress(address - bytes & -alignment).reinterpret(bytes, arena, ended -> {});
        }

        @Override
        public MemorySegment segment() {
            return segment;
        }

        @Override
        public long pageBytes() {
            return PAGE;
        }

        @Override
        public synchronized void commit(long offset, long bytes) {
            if (failure != null) {
                Error thrown = failure;
                failure = null;
                throw thrown;
            }
            if (offset % PAGE != 0 || bytes % PAGE != 0 || bytes <= 0 || offset + bytes > segment.byteSize()) {
                throw new AssertionError("no whole pages: " + offset + " + " + bytes);
            }
            int next = committed.nextSetBit((int) (offset / PAGE));
            if (next >= 0 && next < (offset + bytes) / PAGE) {
                throw new AssertionError("committed twice: page " + next);
            }
            committed.set((int) (offset / PAGE), (int) ((offset + bytes) / PAGE));
        }

        @Override
        public void release(long offset, long bytes) {
            whileReleasing.run();
            synchronized (this) {
                if (committed.nextClearBit((int) (offset / PAGE)) < (offset + bytes) / PAGE) {
                    throw new AssertionError("not committed");
                }
                committed.clear((int) (offset / PAGE), (int) ((offset + bytes) / PAGE));
            }
        }

        @Override
        public void close() {
            if (refusals > 0) {
                refusals--;
                throw new IllegalStateException("in use");
            }
            if (!committed.isEmpty()) {
                throw new AssertionError("closed with committed ranges");
            }
            closes++;
            arena.close();
        }
    }
}
