package io.slabcache;

import io.slabcache.internal.keeper.KeeperQueue;

/**
 * Does the work on caches that no caller should wait for: it makes slabs ahead of need
 * ({@link SlabCacheBuilder#growAhead}) and gives memory back that was not used for some time
 * ({@link SlabCacheBuilder#trimAfter}).
 *
 * <p>By default one daemon thread, {@code slabcache-keeper}, does this for all caches of the JVM. It starts when a cache
 * needs it and ends a second after the last need. A program that counts its threads drives a keeper of its own, from
 * any thread or agent loop:
 *
 * <pre>{@code
 * Keeper keeper = new Keeper();
 * SlabCache orders = SlabCache.builder("orders", 128).growAhead(10_000).keeper(keeper).build();
 * while (running) {
 *     idle(keeper.doWork()); // parks for a millisecond if there was no step
 * }
 * }</pre>
 *
 * <p>A keeper does not keep its caches reachable; a cache keeps its keeper reachable.
 */
public final class Keeper {
    final KeeperQueue queue = new KeeperQueue();

    /** Makes a keeper without caches. It works only when its user calls {@link #doWork}. */
    public Keeper() {}

    /**
     * Does one step for each cache that needs work, on the calling thread. A step makes one slab or gives one back: up
     * to 85 ms with the portable source, for 33 MiB. Call it often: every millisecond while caches grow fast. A step that
     * fails is logged, and tried again a second later.
     *
     * <p>Threads: any thread may call it. If two do at once, one of them returns at once.
     *
     * @return the number of steps; 0 if there was nothing to do
     */
    public int doWork() {
        return queue.doWork();
    }
}
