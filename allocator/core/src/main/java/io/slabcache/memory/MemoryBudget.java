package io.slabcache.memory;

import io.slabcache.internal.budget.Ledger;
import java.lang.management.BufferPoolMXBean;
import java.util.Objects;

/**
 * One limit on the off-heap memory of any number of caches and sources together.
 *
 * <pre>{@code
 * MemoryBudget budget = MemoryBudget.ofMachine(0.5);
 * MemorySource memory = budget.limit(MemorySource.arena());
 * SlabCache orders = SlabCache.builder("orders", 128).memory(memory).build();
 * SlabCache packets = SlabCache.builder("packets", 2048).memory(memory).build();
 * }</pre>
 *
 * <p>What counts is each region from the request to its close, with segment and {@linkplain
 * MemoryRegion#overheadBytes() overhead}. So a region that cannot be closed stays counted. The sum never exceeds the
 * limit. A source that makes regions larger than asked should say so in {@link MemorySource#regionBytes}; otherwise
 * such a region is made first, and closed if it does not fit.
 *
 * <p>If a cache needs more than is left, the caches of the budget give free memory back before the call is refused: first
 * empty slabs, then slabs that become empty when the objects are collected that threads do not need now, as in {@link
 * io.slabcache.SlabCache#shrink()}. One call waits for at most one region of another cache; the next call may get the
 * next one. If that is not enough, the cache is at its bound: {@code tryAllocate} returns {@code null} or 0, the bulk
 * calls return false, and {@code allocate} throws an {@link OutOfMemoryError} that names limit, used and asked bytes and
 * the largest caches. The cache stays as it was.
 *
 * <p>Give the limited source itself to the builder. A cache whose source calls the limited one is counted, but neither
 * asked for memory nor named.
 *
 * <p>The system property {@code slabcache.maxBytes} sets a budget for all caches of the process, besides those set here.
 * Without either there is no limit.
 *
 * <p>Threads: any thread may call everything. No lock is held while a source, the close of a region or a cache runs. A
 * budget does not keep caches reachable.
 */
public final class MemoryBudget {
    private final Ledger ledger;

    private MemoryBudget(long bytes) {
        this.ledger = new Ledger(bytes);
    }

    /**
     * Makes a budget of a number of bytes.
     *
     * @param bytes 1 or more; each cache needs at least its first slab
     * @return a budget of which nothing is used
     * @throws IllegalArgumentException if it is 0 or negative
     */
    public static MemoryBudget ofBytes(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "bytes is " + bytes + "; expected 1 or more, or no budget for memory without a limit");
        }
        return new MemoryBudget(bytes);
    }

    /**
     * Makes a budget of a part of the machine's memory or, in a container with a limit, of that limit, as the JVM sees
     * it now. Leave the rest for the Java heap and everything else of the process.
     *
     * @param fraction more than 0, up to 1
     * @return a budget of which nothing is used
     * @throws IllegalArgumentException if the fraction is out of range or not a number
     * @throws UnsupportedOperationException if the JVM does not tell its memory, because it lacks the module {@code
     *     jdk.management}
     */
    public static MemoryBudget ofMachine(double fraction) {
        // Written so that NaN is refused.
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "fraction is " + fraction + "; expected more than 0, up to 1, such as 0.5 for a half");
        }
        return new MemoryBudget(Math.max(1, (long) (MachineMemory.bytes() * fraction)));
    }

    /**
     * Returns a source whose regions this budget counts.
     *
     * @param source where the memory comes from
     * @return a source for any number of caches; {@code source} itself if this budget counts it already, so that nothing
     *     is counted twice
     */
    public MemorySource limit(MemorySource source) {
        Objects.requireNonNull(source, "source");
        return LimitedSource.of(source).contains(ledger) ? source : new LimitedSource(ledger, source);
    }

    /** {@return the bytes of all regions that are not closed, and of those being made} */
    public long usedBytes() {
        return ledger.used();
    }

    /** {@return the limit in bytes} */
    public long limitBytes() {
        return ledger.limit();
    }

    /**
     * Returns this budget as a buffer pool of the JDK, for tools that show those. It is not registered:
     *
     * <pre>{@code
     * MemoryBudget budget = MemoryBudget.ofBytes(1L << 30);
     * var pool = budget.asBufferPool("slabs");
     * var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
     * server.registerMBean(pool, pool.getObjectName());
     * }</pre>
     *
     * @param name shown by tools
     * @return a live view: the count of regions, the limit as capacity, and the used bytes
     */
    public BufferPoolMXBean asBufferPool(String name) {
        return BudgetPool.of(ledger, Objects.requireNonNull(name, "name"));
    }

    /** {@return used and limit, for logs} */
    @Override
    public String toString() {
        return "MemoryBudget[" + usedBytes() + " of " + limitBytes() + " bytes used]";
    }
}
