package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.Fields;
import io.slabcache.internal.util.Holders;
import io.slabcache.internal.util.LentMemory;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * An owner that keeps a spare object and frees it by its segment, and a thread that takes what the owner has cached,
 * for Lincheck. The owner counts as waiting between two calls, and may wake up at any step of the taking. It begins
 * with one object, its spare one.
 */
public class RevocationOperations {
    private static final int STRIDE = 64;
    private static final int OBJECTS = 24;

    private volatile boolean isInCall;

    private final SlabSupply supply =
            new SlabSupply(new SlabGeometry(STRIDE, STRIDE, STRIDE * OBJECTS, Long.MAX_VALUE), new LentMemory());
    private final Holders holders = new Holders(LentMemory.base(), STRIDE, OBJECTS);
    private final MagazineLayer layer = new MagazineLayer(supply, 1, false, thread -> !isInCall, Magazine::new);
    private final Thread owner = Fixtures.deadThread();
    private final ThreadCache own = new ThreadCache(owner, 1);
    private final Revocation revocation;

    /** An owner with an object. */
    public RevocationOperations() throws ReflectiveOperationException {
        revocation = (Revocation) Fields.get(Fields.get(layer, "idle"), "revocation");
        allocate();
    }

    /** Allocates an object; there are always enough. */
    @Operation(nonParallelGroup = "owner")
    public final void allocate() {
        isInCall = true;
        long spare = own.takeSpare();
        holders.take(spare != 0 ? spare : takeOther());
        isInCall = false;
    }

    private long takeOther() {
        long popped = own.pop();
        long address = popped != 0 ? popped : layer.allocate(own);
        Slab slab = slab(address);
        slab.markLive(address);
        slab.handle(address);
        own.learn(slab, address);
        return address;
    }

    private Slab slab(long address) {
        return supply.index().find(address);
    }

    /** Frees the oldest object that is held; returns whether there was one. */
    @Operation(nonParallelGroup = "owner")
    public boolean free() {
        long address = holders.give();
        if (address == 0) {
            return false;
        }
        isInCall = true;
        Slab slab = slab(address);
        if (!giveSpare(own, slab.handle(address))) {
            giveOther(slab, address);
        }
        isInCall = false;
        return true;
    }

    private void giveOther(Slab slab, long address) {
        if (!slab.markFree(address)) {
            throw new AssertionError("not live");
        }
        if (!own.push(address)) {
            layer.free(own, address);
        }
    }

    boolean giveSpare(ThreadCache cache, MemorySegment handle) {
        return cache.giveSpare(handle);
    }

    /** Takes what the owner has cached, as a shrink does. */
    @Operation(nonParallelGroup = "taker")
    public void shrink() {
        revocation.take(own, owner);
    }

    /** Checks that every object is in exactly one place. */
    @Validate
    public void validate() {
        assertEquals(0, supply.counts().duplicates());
        holders.assertEachInOnePlace(this::forEachCached, supply.counts().freeObjects());
    }

    private void forEachCached(LongConsumer action) {
        own.forEach(action);
        layer.forEachCached(action);
    }
}
