package io.slabcache;

import io.slabcache.internal.magazine.ThreadCache;
import java.lang.foreign.MemorySegment;

/**
 * One thread's own way into a {@link SlabCache}, from {@link SlabCache#local()}: the same objects and the same contract,
 * without the look-up of the calling thread. For a virtual thread, which owns no magazines, it is no faster.
 *
 * <p>The single calls try the spare object or, if nothing is to be checked, the loaded magazine right here; what these do
 * not serve takes {@code AllocationPath} or {@code FreePath}.
 *
 * <p>Every call by another thread throws {@link WrongThreadException}.
 */
public final class LocalCache implements ObjectAllocator {
    private final Engine engine;
    private final AllocationPath allocation;
    private final FreePath freeing;
    private final BulkCalls bulk;
    private final ThreadCache cache;

    /** By number: a reference would keep the thread, and its class loader, when it is dead. */
    private final long ownerId;

    LocalCache(Engine engine, BulkCalls bulk, ThreadCache cache) {
        this.engine = engine;
        this.allocation = engine.allocation;
        this.freeing = engine.freeing;
        this.bulk = bulk;
        this.cache = cache;
        this.ownerId = Thread.currentThread().threadId();
    }

    @Override
    public MemorySegment allocate() {
        ThreadCache cache = mine();
        MemorySegment spare = cache.takeSpareHandle();
        return spare != null ? spare : allocation.allocate(cache);
    }

    @Override
    public MemorySegment tryAllocate() {
        return allocation.tryAllocate(mine());
    }

    @Override
    public MemorySegment tryAllocateCached() {
        return allocation.tryAllocateCached(mine());
    }

    @Override
    public Lease allocateLeased() {
        return engine.leasing.allocate(mine());
    }

    @Override
    public void free(MemorySegment object) {
        ThreadCache cache = mine();
        if (object == null || !cache.giveSpare(object)) {
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
        return spare != 0 ? spare : allocation.allocateAddress(cache);
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
        if (cache.trusted ? !cache.push(address) : !cache.giveSpare(address)) {
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
        return new GenerationHandles(engine, mine());
    }

    @Override
    public void flush() {
        engine.flush(mine());
    }

    @Override
    public int prefill(int objects) {
        return engine.prefill(mine(), objects);
    }

    private ThreadCache mine() {
        if (Thread.currentThread().threadId() != ownerId) {
            throw wrongThread();
        }
        return cache;
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException(
                "local cache of " + engine + " belongs to thread #" + ownerId + " but was called by "
                        + Thread.currentThread() + "; let each thread keep the result of its own call of local()");
    }
}
