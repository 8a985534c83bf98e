package io.slabcache;

import io.slabcache.diagnostics.Checks;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An object for one thread at a time, from {@link ObjectAllocator#allocateLeased()}. Its {@link #segment()} ends with the
 * lease: who reads or writes it later gets the JDK's {@link IllegalStateException}, and any other thread its
 * {@link WrongThreadException}, at once.
 *
 * <p>A lease has one owner at a time, at first the thread that asked for it. To pass it on, the owner calls
 * {@link #handOver()}, which ends its own segment, and then gives the lease away in any manner; the next owner calls
 * {@link #takeOver()} and gets a segment of its own. What was done before the hand-over happens-before what follows the
 * take-over. In between the lease is in transit: its object is live, and any thread may close it.
 *
 * <pre>{@code
 * queue.put(lease.handOver());
 *
 * try (Lease lease = queue.take().takeOver()) { ... }
 * }</pre>
 *
 * <p>The object is live until the lease is closed, and cannot be freed otherwise; {@link SlabCache#close()} reports it. That
 * holds too for the lease of a thread that has ended, which nobody can close any more. After
 * {@link SlabCache#closeNow()} the segment goes on being safe to use: the cache keeps the memory until the lease is closed,
 * and gives it back when it is itself closed once more.
 *
 * <p>Input and output: blocking reads and writes work with {@code segment().asByteBuffer()} on the owner's thread. Asynchronous
 * channels run them on threads of their own, which the segment refuses: an {@code AsynchronousSocketChannel} fails with an
 * {@link java.io.IOException}, and an {@code AsynchronousFileChannel} of the JDK neither completes its {@code Future} nor calls
 * its handler, as with any confined segment. Do not wait for that; use {@link ObjectAllocator#allocate()} and free the object
 * in the completion handler. The lease stays as it was in both cases.
 *
 * <p>With {@link Checks#NONE} the object can be freed by its address or segment while the lease lasts, and nothing notices
 * that.
 */
public final class Lease implements AutoCloseable {
    private static final VarHandle STATE =
            ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), "state", VarHandle.class, Lease.class, int.class);

    private static final int HELD = 0;
    private static final int IN_TRANSIT = 1;
    private static final int CLOSED = 2;

    private final LeasedObjects objects;
    private final Slab slab;

    /** Tells the owner's thread from others. Null while in transit. Written and read by the owner, racing by others. */
    private Arena arena;

    /** Of the owner or, if there is none, of the last one; always at the same address. */
    private MemorySegment segment;

    /** An integer, for a reference that changes would cost the collector's barriers. Released in transit, taken by CAS. */
    private int state;

    Lease(LeasedObjects objects, Slab slab, Arena arena, MemorySegment segment) {
        this.objects = objects;
        this.slab = slab;
        this.arena = arena;
        this.segment = segment;
    }

    /**
     * The object, for the owner.
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
     * Frees the object and ends its segment; on a lease in transit any thread may do so. Closing a closed lease does
     * nothing.
     *
     * @throws WrongThreadException if another thread owns the lease; nothing was changed then
     * @throws IllegalStateException if a native call or an I/O operation still uses the segment, and nothing was changed; or
     *     if the cache is closed, and the lease is closed nevertheless
     */
    @Override
    public void close() {
        if (state == HELD) {
            endView();
            state = CLOSED;
            objects.free(slab, segment.address());
        } else if (STATE.compareAndSet(this, IN_TRANSIT, CLOSED)) {
            objects.free(slab, segment.address());
        } else if ((int) STATE.getAcquire(this) == HELD) {
            throw wrongThread(null);
        }
    }

    /**
     * Ends the owner's segment, and ownership with it; the lease can be given to another thread now. Do not use it in the
     * {@code try} of the thread that gives it away, which would close it.
     *
     * @return this
     * @throws WrongThreadException if another thread owns the lease; nothing was changed then
     * @throws IllegalStateException if the lease is closed or in transit, or a native call or an I/O operation still uses
     *     the segment; nothing was changed then
     */
    public Lease handOver() {
        if (state != HELD) {
            throw notHeld();
        }
        endView();
        arena = null;
        STATE.setRelease(this, IN_TRANSIT);
        return this;
    }

    /**
     * Makes the calling thread the owner of a lease in transit.
     *
     * @return this
     * @throws IllegalStateException if the lease is not in transit, or the cache is closed; nothing was changed then
     */
    public Lease takeOver() {
        if ((int) STATE.getAcquire(this) != IN_TRANSIT) {
            throw notInTransit();
        }
        objects.requireOpen();
        // All that can fail comes before the exchange. Nobody uses this view if somebody else is faster.
        Arena taken = Arena.ofConfined();
        MemorySegment view = objects.view(segment.address(), taken);
        if (!STATE.compareAndSet(this, IN_TRANSIT, HELD)) {
            throw notInTransit();
        }
        arena = taken;
        segment = view;
        return this;
    }

    /** The arena knows its thread, and refuses all others. */
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

    private WrongThreadException wrongThread(Throwable cause) {
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
                        : this + " was handed over; the thread that goes on with it has to call takeOver() first");
    }

    private IllegalStateException notInTransit() {
        return new IllegalStateException(
                (int) STATE.getAcquire(this) == CLOSED
                        ? this + " is closed; get another one from allocateLeased()"
                        : this
                                + " has an owner; that has to call handOver() before another thread calls takeOver(), and"
                                + " only one thread can take it over then");
    }

    @Override
    public String toString() {
        return objects.describe(segment);
    }
}
