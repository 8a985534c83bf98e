package io.slabcache;

import io.slabcache.diagnostics.Checks;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive use of one object by one thread at a time, from {@link ObjectAllocator#allocateLeased()}. The lease's
 * {@link #segment()} ends with the lease. A later access throws the JDK's {@link IllegalStateException} at once; an
 * access by another thread throws {@link WrongThreadException}.
 *
 * <pre>{@code
 * try (Lease lease = cache.allocateLeased()) {
 *     lease.segment().set(ValueLayout.JAVA_INT, 0, 42);
 * }
 * }</pre>
 *
 * <p>The first owner is the thread that allocates. {@link #handOver()} ends the owner's segment and puts the lease in
 * transit; the next owner calls {@link #takeOver()} and gets a new segment. Actions before the hand-over happen-before
 * actions after the take-over. While the lease is in transit its object is live, and any thread may close it.
 *
 * <pre>{@code
 * queue.put(lease.handOver());
 *
 * try (Lease lease = queue.take().takeOver()) { ... }
 * }</pre>
 *
 * <p>The object is live until the lease is closed. No other call can free it, and {@link SlabCache#close()} reports it.
 * If the owner thread ends without a close, the lease can never be closed. After {@link SlabCache#closeNow()} the
 * segment stays safe to use: the cache keeps the memory until the lease is closed, and returns it when the cache is
 * closed once more.
 *
 * <p>Input and output: blocking reads and writes work with {@code segment().asByteBuffer()} on the owner's thread.
 * Asynchronous channels use threads of their own, and a confined segment refuses these: an {@code
 * AsynchronousSocketChannel} fails with an {@link java.io.IOException}; an {@code AsynchronousFileChannel} of the JDK
 * neither completes its {@code Future} nor calls its handler, so do not wait for it. The lease is unchanged in both
 * cases. For such channels use {@link ObjectAllocator#allocate()} and free the object in the completion handler.
 *
 * <p>With {@link Checks#NONE} a free of the object by address or segment during the lease goes undetected.
 */
public final class Lease implements AutoCloseable {
    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, Lease.class, int.class);

    /** In stack reserves: enough for the steps of a change of state. */
    private static final int STEPS = 2;

    private static final int HELD = 0;
    private static final int IN_TRANSIT = 1;
    private static final int CLOSED = 2;

    private final LeasedObjects objects;
    private final Slab slab;

    /** Identifies the owner's thread; null in transit. Plain accesses by the owner, racy reads by other threads. */
    private @Nullable Arena arena;

    /** The segment of the current owner, or of the last one while in transit; the address never changes. */
    private MemorySegment segment;

    /** An int because updating a reference costs the collector's barriers. Released in transit, taken by CAS. */
    private int state;

    Lease(LeasedObjects objects, Slab slab, Arena arena, MemorySegment segment) {
        this.objects = objects;
        this.slab = slab;
        this.arena = arena;
        this.segment = segment;
    }

    /**
     * Returns the object, for the owner.
     *
     * @return a segment of exactly the object's size, the same until the lease is closed or handed over
     * @throws IllegalStateException if the lease is closed or in transit
     */
    public MemorySegment segment() {
        if (state != HELD) {
            throw notHeld();
        }
        return segment;
    }

    /**
     * Frees the object and ends its segment. Any thread may close a lease in transit. Closing a closed lease does
     * nothing.
     *
     * @throws WrongThreadException if another thread owns the lease; nothing has changed
     * @throws IllegalStateException if a native call or an I/O operation still uses the segment, and nothing has
     *     changed; or if the cache is closed, in which case the lease is now closed too
     */
    @Override
    public void close() {
        ThreadCache cache = objects.beforeFree();
        if (state == HELD) {
            endView();
            state = CLOSED;
            objects.free(cache, slab, segment.address());
        } else if (STATE.compareAndSet(this, IN_TRANSIT, CLOSED)) {
            objects.free(cache, slab, segment.address());
        } else if ((int) STATE.getAcquire(this) == HELD) {
            throw wrongThread(null);
        }
    }

    /**
     * Ends the owner's segment and its ownership, so that the lease can be passed to another thread. Do not call it
     * inside a {@code try} with this lease as its resource: the end of the block would close the lease.
     *
     * @return this
     * @throws WrongThreadException if another thread owns the lease; nothing has changed
     * @throws IllegalStateException if the lease is closed or in transit, or a native call or an I/O operation still
     *     uses the segment; nothing has changed
     */
    public Lease handOver() {
        if (state != HELD) {
            throw notHeld();
        }
        // An overflow of the stack between the steps would leave a lease that no thread can close.
        StackReserve.claim(STEPS);
        endView();
        arena = null;
        STATE.setRelease(this, IN_TRANSIT);
        return this;
    }

    /**
     * Makes the calling thread the owner of a lease in transit.
     *
     * @return this
     * @throws IllegalStateException if the lease is not in transit, or the cache is closed; nothing has changed
     */
    public Lease takeOver() {
        if ((int) STATE.getAcquire(this) != IN_TRANSIT) {
            throw notInTransit();
        }
        objects.requireOpen();
        StackReserve.claim(STEPS);
        // Everything that can fail comes before the exchange. If another thread wins it, this view is garbage.
        Arena taken = Arena.ofConfined();
        MemorySegment view = objects.view(segment.address(), taken);
        if (!STATE.compareAndSet(this, IN_TRANSIT, HELD)) {
            throw notInTransit();
        }
        arena = taken;
        segment = view;
        return this;
    }

    /** The arena knows its thread and refuses all others. */
    private void endView() {
        Arena arena = this.arena;
        if (arena == null) {
            throw wrongThread(null);
        }
        try {
            arena.close();
        } catch (WrongThreadException e) {
            throw wrongThread(e);
        }
    }

    private WrongThreadException wrongThread(@Nullable Throwable cause) {
        WrongThreadException refused = new WrongThreadException(this + " belongs to another thread than "
                + Thread.currentThread() + "; its owner has to close it, or to"
                + " call handOver() before another thread calls takeOver()");
        refused.initCause(cause);
        return refused;
    }

    private IllegalStateException notHeld() {
        return new IllegalStateException(
                state == CLOSED
                        ? this + " is closed; get another one from allocateLeased()"
                        : this + " was handed over; its next owner has to call takeOver() first");
    }

    private IllegalStateException notInTransit() {
        return new IllegalStateException(
                (int) STATE.getAcquire(this) == CLOSED
                        ? this + " is closed; get another one from allocateLeased()"
                        : this
                                + " has an owner, which has to call handOver() before another thread calls takeOver();"
                                + " only one thread can take it over");
    }

    @Override
    public String toString() {
        return objects.describe(segment);
    }
}
