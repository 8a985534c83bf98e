package io.slabcache.internal.cache;

import io.slabcache.internal.config.SamplingRate;
import io.slabcache.internal.leaks.LiveByte;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.leaks.LiveSamples;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.observe.Observer;
import io.slabcache.internal.observe.Observers;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Samples allocations for a recording, without a test on the fast path. Two ways lead here:
 *
 * <ul>
 *   <li>The slow path, which a thread takes when its magazines are empty: so memory that grows fast is sampled.
 *   <li>An invitation by the recorder, some 50 times a second. It takes the guess from all threads, so that their next
 *       allocations ask the index, and one of these is sampled. The slow path alone would not do: it is taken when
 *       magazines are at their lowest, and a program that leaks one object after it has freed a hundred others never
 *       leaks that one there.
 * </ul>
 */
final class Sampling {
    /** A sample takes about 10 us, so this is a thousandth of a processor. */
    private static final int MOST_IN_A_SECOND = 100;

    private static final long SECOND = 1_000_000_000;

    /** Where every allocation takes the slow path. */
    private static final SamplingRate OF_EVERY_CALL = new SamplingRate(64);

    /** After an invitation, up to 2 to the power of this many allocations pass; small numbers as often as large ones. */
    private static final int MOST_SKIPPED_BITS = 12;

    private final CacheCore core;

    /**
     * Empty without live bytes: samples of an unchecked cache are recorded, and not kept. A debugged cache can track all
     * objects.
     */
    private final Optional<LiveSamples> samples;

    // Racy: a few samples more or less do not matter.
    private volatile long endOfSecond = System.nanoTime();
    private final AtomicInteger inThisSecond = new AtomicInteger();

    /** Allocations without a guess until the next sample; below 0 if none is due. */
    private final AtomicInteger skips = new AtomicInteger(-1);

    Sampling(CacheCore core) {
        this.core = core;
        this.samples = core.isChecked()
                ? Optional.of(new LiveSamples(LiveByte.ofSampled(), core.objectSize()))
                : Optional.empty();
    }

    /** Samples one of the next allocations. For any thread. */
    void invite() {
        int bits = 1 + (int) Long.remainderUnsigned(SamplingRate.random(), MOST_SKIPPED_BITS);
        // At random, because the first allocation after a pause is always the same one.
        skips.set((int) Long.remainderUnsigned(SamplingRate.random(), 1L << bits));
        core.magazines.caches().forgetGuesses();
    }

    /**
     * Handles the allocation of a thread without a guess. Does not throw.
     *
     * @param cache of the calling thread
     * @param slab of the object
     * @param address of the object, which is being handed out
     */
    void visit(ThreadCache cache, Slab slab, long address) {
        Observer observer = Observers.current();
        if (observer == null) {
            cache.learnGuess(slab);
            return;
        }
        int left = skips.get() < 0 ? -1 : skips.getAndDecrement();
        if (left > 0) {
            return;
        }
        try {
            StackReserve.claimForFirstUse();
            cache.learn(slab, address);
            if (left == 0 && observer.wantsSamples()) {
                sample(observer, address);
            }
        } catch (RuntimeException | Error e) {
            // As in offer.
        }
    }

    /**
     * Decides whether to sample an object that is being handed out. Does not throw, because the caller would lose the
     * object.
     *
     * @param address of the object, or 0
     */
    void offer(long address) {
        Observer observer = Observers.current();
        if (observer == null || address == 0) {
            return;
        }
        try {
            StackReserve.claimForFirstUse();
            if (observer.wantsSamples() && isChosen()) {
                sample(observer, address);
            }
        } catch (RuntimeException | Error e) {
            // No room on heap or stack: the sample is lost, and the allocation succeeds.
        }
    }

    private boolean isChosen() {
        boolean isEveryCall = !core.hasMagazines || Thread.currentThread().isVirtual();
        if (isEveryCall && !OF_EVERY_CALL.hits(1)) {
            return false;
        }
        long now = System.nanoTime();
        if (now - endOfSecond >= 0) {
            endOfSecond = now + SECOND;
            inThisSecond.set(0);
        }
        return inThisSecond.get() < MOST_IN_A_SECOND && inThisSecond.getAndIncrement() < MOST_IN_A_SECOND;
    }

    private void sample(Observer observer, long address) {
        long number = LiveSamples.nextNumber();
        // Null for a guarded object, which is in none of this cache's slabs.
        Slab slab = core.slabOf(address);
        if (slab != null && samples.isPresent()) {
            samples.get().add(number, slab, address);
        }
        observer.sampled(core.identity.name(), core.identity.id(), number, address, core.objectSize());
    }

    /** The samples that are live. */
    List<LiveSample> live() {
        return samples.map(LiveSamples::live).orElse(List.of());
    }

    /** Drops all samples. */
    void close() {
        samples.ifPresent(LiveSamples::close);
    }
}
