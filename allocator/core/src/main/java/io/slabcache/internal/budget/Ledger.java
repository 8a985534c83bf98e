package io.slabcache.internal.budget;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The bytes of a budget: a limit, what is used of it, and the caches that draw on it.
 *
 * <p>Bytes are taken before a source is asked for them, and given back after it has them again. So the regions of all
 * sources together never hold more than the limit. Used bytes are one number that changes by compare-and-set; no lock is
 * held while a cache gives memory back.
 */
public final class Ledger {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final LongAdder regions = new LongAdder();
    private final Members members = new Members();

    /**
     * Makes a ledger without entries.
     *
     * @param limit bytes, 1 or more
     */
    public Ledger(long limit) {
        this.limit = limit;
    }

    /**
     * Adds a cache. Does not keep it reachable.
     *
     * @param name for messages
     * @param cache asked for memory when there is none left
     * @param bytes what the cache holds; must not refer to the cache
     * @return keeps {@code cache} reachable; to be ended when the cache is closed
     */
    public Membership join(String name, Reclaimable cache, LongSupplier bytes) {
        return members.add(name, cache, bytes);
    }

    /**
     * Takes bytes for a new region. If there are too few, caches with free memory are asked for one region, the largest
     * cache first. That is all: a thread does not pay for what all others have kept. A thread that makes memory ahead of
     * need asks no cache.
     *
     * @param bytes 0 or more
     * @throws BudgetSpentError if there are still too few; nothing is taken then
     */
    public void open(long bytes) {
        boolean mayAsk = bytes <= limit && Asking.isAllowed();
        boolean taken = take(bytes) || mayAsk && members.reclaimOne() && take(bytes);
        if (!taken) {
            throw spent(bytes);
        }
        regions.increment();
    }

    /**
     * Takes bytes, if there are enough.
     *
     * @param bytes 0 or more
     * @return whether there were enough
     */
    public boolean take(long bytes) {
        long before;
        do {
            before = used.get();
            if (bytes > limit - before) {
                return false;
            }
        } while (!used.compareAndSet(before, before + bytes));
        return true;
    }

    /**
     * Gives bytes back.
     *
     * @param bytes that were taken
     */
    public void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /**
     * Gives the bytes of a region back.
     *
     * @param bytes that are still taken for it
     */
    public void close(long bytes) {
        giveBack(bytes);
        regions.decrement();
    }

    /**
     * Makes an error that names limit, used and asked bytes, and the largest caches.
     *
     * @param asked bytes
     * @return to be thrown
     */
    public BudgetSpentError spent(long asked) {
        return new BudgetSpentError(
                "memory budget is spent: asked for " + asked + " bytes, " + used.get() + " of at most "
                        + limit + " are used; " + members.largest()
                        + "; free objects and close caches earlier, raise the limit (MemoryBudget or -Dslabcache.maxBytes),"
                        + " or use tryAllocate");
    }

    /** {@return the limit in bytes} */
    public long limit() {
        return limit;
    }

    /** {@return the bytes taken and not given back} */
    public long used() {
        return used.get();
    }

    /** The number of caches that it remembers. */
    int members() {
        return members.size();
    }

    /** {@return the number of regions that are not closed; recent, while threads open and close some} */
    public long regions() {
        return regions.sum();
    }
}
