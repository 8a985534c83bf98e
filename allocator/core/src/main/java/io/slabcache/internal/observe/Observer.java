package io.slabcache.internal.observe;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlowStep;
import org.jspecify.annotations.Nullable;

/** Sees what all caches do on slow paths. There is none until a flight recording starts in this JVM. For any thread. */
public interface Observer {
    /**
     * Begins to watch a step.
     *
     * @param step that begins
     * @param cache name of the cache
     * @param id its number
     * @return to be ended, or {@code null} if steps of this kind are not recorded
     */
    @Nullable
    Span begin(SlowStep step, String cache, long id);

    /** {@return whether refused allocations are recorded} */
    boolean wantsExhaustions();

    /**
     * Records a refused allocation.
     *
     * @param cache name of the cache
     * @param id its number
     * @param exhaustions of the cache so far
     * @param bound on live objects
     */
    void exhausted(String cache, long id, long exhaustions, long bound);

    /**
     * Records a misuse or a leak.
     *
     * @param report of it
     */
    void reported(MisuseReport report);

    /** {@return whether sampled objects are recorded} */
    boolean wantsSamples();

    /**
     * Records an allocation, with the stack of the calling thread.
     *
     * @param cache name of the cache
     * @param id its number
     * @param sample number of the sampled object in this JVM
     * @param address of the object
     * @param bytes of the object
     */
    void sampled(String cache, long id, long sample, long address, long bytes);
}
