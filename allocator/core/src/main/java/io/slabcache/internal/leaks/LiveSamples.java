package io.slabcache.internal.leaks;

import io.slabcache.internal.debug.Tracker;
import io.slabcache.internal.slab.Slab;
import java.lang.invoke.VarHandle;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sampled objects of a cache, with their allocations. An object that was freed since is dropped by the next look, or
 * when the memory for samples is spent. For any thread, without a lock.
 */
public final class LiveSamples {
    private static final int MOST = 4096;

    private static final AtomicLong LAST = new AtomicLong();

    private final LiveByte liveness;
    private final long bytes;
    private final Tracker tracker = new Tracker(InstantSource.system());
    private final Map<Long, Entry> samples = new ConcurrentHashMap<>();

    private record Entry(Slab slab, LiveSample sample) {}

    /**
     * Makes a set without samples.
     *
     * @param liveness in the live bytes of the objects
     * @param bytes of each object
     */
    public LiveSamples(LiveByte liveness, long bytes) {
        this.liveness = liveness;
        this.bytes = bytes;
    }

    /** {@return the number of the next sample in this JVM} */
    public static long nextNumber() {
        return LAST.incrementAndGet();
    }

    /**
     * Keeps a sample, unless there are too many live ones.
     *
     * @param number of the sample
     * @param slab of the object
     * @param address of the object, which is live and owned by the caller
     */
    public void add(long number, Slab slab, long address) {
        if (samples.size() >= MOST) {
            samples.values().removeIf(entry -> !isLive(entry));
        }
        if (samples.size() < MOST) {
            samples.put(address, new Entry(slab, new LiveSample(number, address, bytes, tracker.track())));
            // The last sample of this object must be gone before the object looks sampled again.
            VarHandle.releaseFence();
            liveness.begin(slab, address);
        }
    }

    private boolean isLive(Entry entry) {
        return liveness.goesOn(entry.slab, entry.sample.address());
    }

    /** {@return the samples that are still live} */
    public List<LiveSample> live() {
        samples.values().removeIf(entry -> !isLive(entry));
        return samples.values().stream().map(Entry::sample).toList();
    }

    /** Drops all samples, once the cache is closed. */
    public void close() {
        samples.clear();
    }
}
