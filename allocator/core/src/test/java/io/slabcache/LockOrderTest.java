package io.slabcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.MisusePolicy;
import io.slabcache.internal.cache.CacheCore;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.RecordedLock.Record;
import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemoryReservation;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks the lock order of {@code docs/memory-model.md}: locks are recorded while threads make every call of a cache.
 * Locks are acquired in that order only, a virtual thread that holds one stays mounted, and user code runs with no lock
 * held.
 */
@Timeout(60)
class LockOrderTest {
    /** "A, B": a thread may acquire B while it holds A. */
    private static final Set<String> ORDER = Set.of(
            "IdleCaches, Revocation",
            "IdleCaches, ThreadCaches",
            "IdleCaches, Depot",
            "IdleCaches, SlabList",
            "Revocation, SlabList",
            "Depot, SlabList");

    /** The locks of one cache, named after the classes that declare them. */
    private static final List<String> LOCKS =
            List.of("Depot", "Growths", "IdleCaches", "RegionReturns", "Revocation", "SlabList", "ThreadCaches");

    private static final int BOUND = 2_000;
    private static final long MILLIS = 1_500;

    private final Record record = new Record();
    private final Queue<Object> heldByUsers = new ConcurrentLinkedQueue<>();

    /** Records which locks are held when the cache asks for memory or gives it back. */
    private final MemorySource source = (bytes, alignment) -> {
        noteHeld();
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        return new MemoryRegion() {
            @Override
            public MemorySegment segment() {
                return region.segment();
            }

            @Override
            public void close() {
                noteHeld();
                region.close();
            }
        };
    };

    private void noteHeld() {
        heldByUsers.addAll(record.held());
    }

    private SlabCacheBuilder builder() {
        return SlabCache.builder("ordered", 64)
                .slabBytes(64 * 100)
                .memory(source)
                .constructor(object -> noteHeld());
    }

    @Test
    void ofAnUnboundedCache() throws Exception {
        use(builder().magazineCapacity(8), LOCKS);
        assertTrue(record.pairs().contains("Revocation, SlabList"), record.pairs()::toString);
    }

    @Test
    void ofABoundedCacheWithoutObjectsForAllThreads() throws Exception {
        use(builder().maxObjects(BOUND), LOCKS);
        assertTrue(record.pairs().contains("IdleCaches, Revocation"), record.pairs()::toString);
        assertTrue(record.pairs().contains("Depot, SlabList"), record.pairs()::toString);
    }

    @Test
    void ofACacheWithoutMagazines() throws Exception {
        use(builder().maxObjects(BOUND).lockless(false), LOCKS);
    }

    @Test
    void ofACacheInOneRangeOfAddresses() throws Exception {
        assumeTrue(LinuxConstants.areKnown());
        MemorySource mapped = MappedMemory.builder().build();
        MemorySource ranges = new MemorySource() {
            @Override
            public MemoryRegion allocate(long bytes, long alignment) {
                return mapped.allocate(bytes, alignment);
            }

            @Override
            public Optional<MemoryReservation> reserve(long bytes, long alignment) {
                return mapped.reserve(bytes, alignment).map(inner -> new NotedReservation(inner, () -> noteHeld()));
            }
        };
        List<String> locks = new ArrayList<>(LOCKS);
        locks.add("SlabRanges");
        use(builder().memory(ranges), locks.stream().sorted().toList());
    }

    private record NotedReservation(MemoryReservation inner, Runnable note) implements MemoryReservation {
        @Override
        public MemorySegment segment() {
            note.run();
            return inner.segment();
        }

        @Override
        public long pageBytes() {
            note.run();
            return inner.pageBytes();
        }

        @Override
        public void commit(long offset, long bytes) {
            note.run();
            inner.commit(offset, bytes);
        }

        @Override
        public void release(long offset, long bytes) {
            note.run();
            inner.release(offset, bytes);
        }

        @Override
        public void close() {
            note.run();
            inner.close();
        }
    }

    @Test
    void ofADebuggedCache() throws Exception {
        use(
                builder().maxObjects(BOUND).debug(Debug.SANITY, Debug.TRACKING, Debug.POISON),
                List.of(
                        "DebugLayer",
                        "Depot",
                        "Growths",
                        "IdleCaches",
                        "RegionReturns",
                        "Revocation",
                        "SlabList",
                        "ThreadCaches"));
    }

    private void use(SlabCacheBuilder builder, List<String> locks) throws Exception {
        SlabCache cache = builder.onMisuse(MisusePolicy.WARN_ONCE).build();
        assertEquals(locks, record.of(cache));
        AtomicBoolean isOver = new AtomicBoolean();
        List<Running<Object>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(Threads.start(() -> work(cache, isOver)));
            all.add(Threads.startVirtual(() -> work(cache, isOver)));
        }
        CountDownLatch mayEnd = new CountDownLatch(1);
        // Idle threads, each with cached objects.
        for (int i = 0; i < 4; i++) {
            all.add(Threads.start(() -> {
                burst(cache, 20);
                mayEnd.await();
                return null;
            }));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (System.nanoTime() < end) {
            cache.shrink();
            cache.stats();
            cache.validate();
            // Dead threads, each with cached objects.
            Threads.onAnother(() -> {
                burst(cache, 20);
                return null;
            });
        }
        isOver.set(true);
        mayEnd.countDown();
        for (Running<Object> each : all) {
            each.result();
        }
        cache.shrink();
        cache.close();
        assertNothingElseWasHeld();
    }

    private static Object work(SlabCache cache, AtomicBoolean isOver) throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!isOver.get()) {
            burst(cache, 1 + random.nextInt(200));
            switch (random.nextInt(40)) {
                case 0 -> cache.flush();
                case 1 -> cache.prefill(1 + random.nextInt(50));
                case 2 -> Thread.sleep(2);
                case 3 -> refuseToClose(cache);
                default -> {}
            }
        }
        return null;
    }

    /** Allocates up to the given number of objects; other threads may hold the rest. */
    private static void burst(SlabCache cache, int count) {
        long[] addresses = new long[count];
        int got = 0;
        while (got < count && (addresses[got] = cache.tryAllocateAddress()) != 0) {
            got++;
        }
        for (int i = 0; i < got; i++) {
            cache.freeAddress(addresses[i]);
        }
    }

    private static void refuseToClose(SlabCache cache) {
        long live = cache.tryAllocateAddress();
        if (live != 0) {
            assertThrows(LiveObjectsException.class, cache::close);
            cache.freeAddress(live);
        }
    }

    private void assertNothingElseWasHeld() {
        Set<String> others = new TreeSet<>(record.pairs());
        others.removeAll(ORDER);
        assertEquals(Set.of(), others);
        assertEquals(Set.of(), record.unmounted());
        assertEquals(List.of(), List.copyOf(heldByUsers));
    }

    /** Known bad: runs an action while it holds the lock of the slab list. */
    private void underTheListLock(Consumer<SlabCache> action) throws ReflectiveOperationException {
        SlabCache cache = builder().build();
        record.of(cache);
        CacheCore core = ((CacheParts) Fields.get(cache, "parts")).core;
        CountedLock lock = (CountedLock) Fields.get(Fields.get(Fields.get(core, "supply"), "list"), "lock");
        lock.lock();
        try {
            action.accept(cache);
        } finally {
            lock.unlock();
        }
        cache.closeNow();
    }

    @Test
    void theOtherOrderIsCaught() throws Exception {
        underTheListLock(SlabCache::shrink);
        assertTrue(record.pairs().contains("SlabList, IdleCaches"), record.pairs()::toString);
        assertThrows(AssertionError.class, this::assertNothingElseWasHeld);
    }

    @Test
    void aVirtualThreadThatMayUnmountIsCaught() throws Exception {
        Threads.onVirtual(() -> {
            underTheListLock(SlabCache::shrink);
            return null;
        });
        assertTrue(record.unmounted().contains("SlabList, IdleCaches"), record.unmounted()::toString);
    }

    @Test
    void userCodeUnderALockIsCaught() throws Exception {
        underTheListLock(SlabCache::allocateAddress);
        assertTrue(heldByUsers.contains("SlabList"), heldByUsers::toString);
        assertThrows(AssertionError.class, this::assertNothingElseWasHeld);
    }
}
