package io.slabcache;

import io.slabcache.internal.cache.AllocationPath;
import io.slabcache.internal.cache.BulkCalls;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.FreePath;
import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One thread's own way into a {@link SlabCache}, from {@link SlabCache#local()}: the same objects and the same contract
 * without the look-up of the calling thread. It is no faster for a virtual thread, which owns no magazines.
 *
 * <pre>{@code
 * LocalCache local = cache.local();
 * while (running) {
 *     MemorySegment message = local.allocate();
 *     queue.put(message);         // any thread may free it
 * }
 * }</pre>
 *
 * <p>Each single call tries the spare object here or, in an unchecked cache, the loaded magazine. Otherwise it calls
 * {@code AllocationPath} or {@code FreePath}.
 *
 * <p>Every call by another thread throws {@link WrongThreadException}.
 */
public final class LocalCache implements ObjectAllocator {
    private final CacheParts parts;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final BulkCalls bulk;
    private final Leasing leasing;
    private final ThreadCache cache;

    /** A number, because a reference would keep a dead thread and its class loader reachable. */
    private final long ownerId;

    private LocalCache(CacheParts parts, Leasing leasing, ThreadCache cache) {
        this.parts = parts;
        this.leasing = leasing;
        this.allocation = parts.allocation;
        this.freeing = parts.freeing;
        this.bulk = parts.bulk;
        this.cache = cache;
        this.ownerId = Thread.currentThread().threadId();
    }

    /** Returns the calling thread's instance. A virtual thread has no magazines and gets a new instance each time. */
    static LocalCache of(CacheParts parts, Leasing leasing) {
        parts.core.requireOpen();
        ThreadCache own = parts.core.magazines().own();
        if (own.frontDoor instanceof LocalCache known) {
            return known;
        }
        LocalCache local = new LocalCache(parts, leasing, own);
        if (own.hasOwner()) {
            own.frontDoor = local;
        }
        return local;
    }

    @Override
    public MemorySegment allocate() {
        ThreadCache cache = mine();
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : AllocationPath.allocate(allocation, cache);
    }

    @Override
    public @Nullable MemorySegment tryAllocate() {
        return allocation.tryAllocate(mine());
    }

    @Override
    public @Nullable MemorySegment tryAllocateCached() {
        return allocation.tryAllocateCached(mine());
    }

    @Override
    public Lease allocateLeased() {
        return leasing.allocate(mine());
    }

    @Override
    public void free(MemorySegment object) {
        ThreadCache cache = mine();
        if (object == null || !cache.giveSpare(object) && !cache.freeGuessed(object)) {
            freeing.free(cache, object);
        }
    }

    @Override
    public long allocateAddress() {
        ThreadCache cache = mine();
        long popped = cache.trusted ? cache.pop() : 0;
        if (popped != 0) {
            return popped;
        }
        long spare = cache.takeSpare();
        return spare != 0 ? spare : AllocationPath.allocateAddress(allocation, cache);
    }

    @Override
    public long tryAllocateAddress() {
        return allocation.tryAllocateAddress(mine());
    }

    @Override
    public long tryAllocateAddressCached() {
        return allocation.tryAllocateAddressCached(mine());
    }

    @Override
    public void freeAddress(long address) {
        ThreadCache cache = mine();
        if (cache.trusted ? !cache.push(address) : !cache.giveSpare(address) && !cache.freeGuessed(address)) {
            freeing.freeAddress(cache, address);
        }
    }

    @Override
    public boolean allocateBulk(long[] addresses, int offset, int count) {
        return bulk.allocate(mine(), addresses, offset, count);
    }

    @Override
    public boolean allocateBulk(MemorySegment[] objects, int offset, int count) {
        return bulk.allocate(mine(), objects, offset, count);
    }

    @Override
    public void freeBulk(long[] addresses, int offset, int count) {
        bulk.free(mine(), addresses, offset, count);
    }

    @Override
    public void freeBulk(MemorySegment[] objects, int offset, int count) {
        bulk.free(mine(), objects, offset, count);
    }

    @Override
    public GenerationHandles generations() {
        return new GenerationHandles(parts, mine());
    }

    @Override
    public void flush() {
        parts.upkeep.flush(mine());
    }

    @Override
    public int prefill(int objects) {
        return parts.upkeep.prefill(mine(), objects);
    }

    private ThreadCache mine() {
        if (Thread.currentThread().threadId() != ownerId) {
            throw wrongThread();
        }
        return cache;
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException(
                "local cache of " + parts + " belongs to thread #" + ownerId + " but was called by "
                        + Thread.currentThread() + "; let each thread keep the result of its own call of local()");
    }
}
