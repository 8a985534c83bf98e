package io.slabcache.tests.memory;

import com.sun.management.ThreadMXBean;
import io.slabcache.SlabAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.nio.ByteBufferPool;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A program that compares the heap bytes that caches report with what the collector finds. Its arguments are what to
 * make and how many. It prints both numbers, the number of caches or slabs, and the bytes that the first read
 * allocated.
 */
final class HeapOfCaches {
    private static final int SIZE = 64;
    private static final int SLAB_BYTES = 4096;

    private HeapOfCaches() {}

    public static void main(String[] arguments) throws InterruptedException {
        warmUp();
        int count = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "addresses" -> slabs(count, cache -> cache::allocateAddress);
            case "segments" -> slabs(count, cache -> cache::allocate);
            case "buffers" -> slabs(count, cache -> ByteBufferPool.of(cache)::allocate);
            case "caches" -> caches(count, Integer.parseInt(arguments[2]));
            case "allocators" -> allocators(count, Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Loads all classes in advance. */
    private static void warmUp() {
        try (SlabCache cache = small("warm")) {
            cache.free(cache.allocate());
            cache.stats();
            cache.shrink();
        }
        try (SlabAllocator allocator = SlabAllocator.builder("warm").build()) {
            allocator.freeAddress(allocator.allocateAddress(SIZE));
            allocator.stats();
        }
    }

    private static SlabCache small(String name) {
        return SlabCache.builder(name, SIZE).slabBytes(SLAB_BYTES).build();
    }

    private static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Makes many small slabs with all their objects live. */
    private static void slabs(int slabs, Function<SlabCache, Supplier<?>> form) throws InterruptedException {
        long before = used();
        SlabCache cache = small("slabs");
        Supplier<?> allocation = form.apply(cache);
        for (int i = 0; i < slabs * (SLAB_BYTES / SIZE); i++) {
            allocation.get();
        }
        long measured = used() - before;
        long atFirst = allocated();
        SlabCacheStats stats = cache.stats();
        print(measured, stats.heapBytes(), stats.slabs(), allocated() - atFirst);
        Reference.reachabilityFence(cache);
    }

    /** Makes many caches that several living threads have used once. */
    private static void caches(int count, int threads) throws InterruptedException {
        List<SlabCache> caches = new ArrayList<>(count);
        CountDownLatch mayUse = new CountDownLatch(1);
        CountDownLatch used = use(threads, mayUse, caches, cache -> cache.freeAddress(cache.allocateAddress()));
        long before = used();
        for (int i = 0; i < count; i++) {
            caches.add(small("caches"));
        }
        mayUse.countDown();
        used.await();
        report(before, caches, cache -> cache.stats().heapBytes());
        caches.forEach(SlabCache::close);
        report(before, caches, cache -> cache.stats().heapBytes());
    }

    /** Makes many allocators, of which several living threads have used one class twice. */
    private static void allocators(int count, int threads) throws InterruptedException {
        List<SlabAllocator> allocators = new ArrayList<>(count);
        CountDownLatch mayUse = new CountDownLatch(1);
        CountDownLatch used = use(threads, mayUse, allocators, allocator -> {
            allocator.freeAddress(allocator.allocateAddress(SIZE));
            allocator.freeAddress(allocator.allocateAddress(SIZE));
        });
        long before = used();
        for (int i = 0; i < count; i++) {
            allocators.add(SlabAllocator.builder("allocators").build());
        }
        mayUse.countDown();
        used.await();
        report(before, allocators, allocator -> allocator.stats().heapBytes());
    }

    /** Starts threads that use each of a list, once they may, and then live on. */
    private static <T> CountDownLatch use(int threads, CountDownLatch mayUse, List<T> all, Consumer<T> call) {
        CountDownLatch used = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    mayUse.await();
                    all.forEach(call);
                    used.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        return used;
    }

    private static <T> void report(long before, List<T> all, ToLongFunction<T> heapBytes) throws InterruptedException {
        long measured = used() - before;
        print(measured, all.stream().mapToLong(heapBytes).sum(), all.size(), 0);
    }

    private static void print(long measured, long said, long count, long allocated) {
        System.out.println(measured + " " + said + " " + count + " " + allocated);
    }
}
