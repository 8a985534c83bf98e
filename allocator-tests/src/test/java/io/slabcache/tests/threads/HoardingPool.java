package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Known bad: each thread keeps all objects it frees, without a bound; no other thread gets them when it is dead. */
final class HoardingPool extends FaultyPool {
    private final Map<Thread, Deque<Long>> hoards = new ConcurrentHashMap<>();

    HoardingPool(SlabCache cache) {
        super(cache);
    }

    private Deque<Long> own() {
        return hoards.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>());
    }

    @Override
    public long tryAllocate() {
        Long cached = own().poll();
        return cached != null ? cached : super.tryAllocate();
    }

    @Override
    public void free(long address) {
        own().push(address);
    }

    @Override
    public int prefill(int objects) {
        for (long address; own().size() < objects && (address = super.tryAllocate()) != 0; ) {
            own().push(address);
        }
        return own().size();
    }
}
