package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One object that a thread allocates and frees over and over, with all that had to be looked up for it.
 *
 * <p>A thread that frees what it allocated last gets the same object again and again. In a magazine that is the worst
 * case: each allocation has to find slab, live byte and handle from an address that the free just before has stored,
 * one load waiting for the other. Here they stay at hand, and the object itself waits outside the magazine.
 *
 * <p>Owned by the thread of the {@link ThreadCache}; {@code in} is also read by statistics. Invariant: while {@code in}, the
 * object is free, in no magazine and not in its slab; otherwise another thread may have freed it and handed it out again.
 */
abstract class SpareObject extends PaddingBefore {
    private static final VarHandle SPARE_SLAB = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "spareSlab", VarHandle.class, SpareObject.class, Slab.class);
    private static final VarHandle SPARE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "spare", VarHandle.class, SpareObject.class, long.class);

    private Slab spareSlab = Slab.NONE;
    private byte[] live = Slab.NONE.liveBytes();
    private int place;

    /** The generations beside the live bytes. Null if there were none when this was looked up. */
    private int[] generations;

    /** The address of the object; 0 if there is none. Of the two, a {@link Revocation} clears the first only. */
    private long spare;

    private long home;

    private MemorySegment handle;

    /** Written last: no exception can intervene, so the compiler leaves out the stores that the next call overwrites. */
    private boolean in;

    /** Links what must not ask for heap later. */
    SpareObject() {
        SPARE_SLAB.compareAndSet(this, spareSlab, Slab.NONE);
    }

    /** Objects freed by this owner. Allocations are not counted: they are frees plus live objects. */
    long frees;

    /**
     * Hands the object out.
     *
     * @return its address, or 0 if it is not here, or its slab is hidden: the cache is closed, or may be soon
     */
    public final long takeSpare() {
        long spare = this.spare;
        byte[] live = this.live;
        // Never 0 while it is in. Tested here, it is known to the caller, who then needs no test after the stores.
        if (!in || spare == 0 || live[Slab.HIDDEN] != 0) {
            return 0;
        }
        live[place] = Slab.LIVE;
        in = false;
        return spare;
    }

    /**
     * Hands the object out under a new generation.
     *
     * @return the generation, or -1 if it is not here, its slab is hidden, or had no generations at the last look
     */
    public final int takeSpareGeneration() {
        int[] generations = this.generations;
        byte[] live = this.live;
        if (!in || spare == 0 || generations == null || live[Slab.HIDDEN] != 0) {
            return -1;
        }
        int generation = Slab.renew(live, generations, place);
        in = false;
        return generation;
    }

    /**
     * Hands the object out on a lease. It is marked before the slab is asked: see {@code ObjectMarks.markLeased}.
     *
     * @return whether the object was here and its slab is not hidden
     */
    public final boolean leaseSpare() {
        if (!in || spare == 0) {
            return false;
        }
        byte[] live = this.live;
        live[place] = Slab.LEASED;
        if (live[Slab.HIDDEN] != 0) {
            live[place] = 0;
            return false;
        }
        in = false;
        return true;
    }

    /** {@return the slab of the object, wherever that is now; or one that has no objects} */
    public final Slab spareSlab() {
        return spareSlab;
    }

    /** {@return the address of the object, wherever it is now, or 0} */
    public final long spareAddress() {
        return spare;
    }

    /**
     * {@return the handle of the object, handed out; {@code null} if it is not here or its slab is hidden}
     * @throws OutOfMemoryError if the heap has no room for its first handle; then it stays here
     */
    public final MemorySegment takeSpareHandle() {
        MemorySegment handle = this.handle;
        return handle != null && takeSpare() != 0 ? handle : takeFirstHandle();
    }

    private MemorySegment takeFirstHandle() {
        if (handle != null || !in || spare == 0 || live[Slab.HIDDEN] != 0) {
            return null;
        }
        MemorySegment first = spareSlab.handle(spare);
        // None if the slab keeps none.
        handle = spareSlab.handleIfCreated(spare);
        return takeSpare() != 0 ? first : null;
    }

    /**
     * Takes the object back. One method with all in it, as the one below: a call on the way, even one that is seldom made,
     * keeps the compiler from moving anything out of a loop that frees.
     *
     * @param freed address that is being freed
     * @return false, and nothing changed, if it is not the address of this object, or the object is not live
     */
    public final boolean giveSpare(long freed) {
        if (freed != spare || in) {
            return false;
        }
        byte[] live = this.live;
        int place = this.place;
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        in = true;
        frees++;
        return true;
    }

    /**
     * Takes the object back.
     * @param freed segment that is being freed, not null
     * @return false, and nothing changed, if it is not the handle of this object, or the object is not live
     */
    public final boolean giveSpare(MemorySegment freed) {
        if (freed != handle || in) {
            return false;
        }
        byte[] live = this.live;
        int place = this.place;
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        in = true;
        frees++;
        return true;
    }

    /**
     * The generation under which the object is live. A caller that makes the same handle of it as {@link
     * #takeSpareGeneration}'s caller did, and compares that with the one to be freed, leaves the compiler nothing to compare
     * where the two calls follow each other.
     *
     * @return the generation, or -1 if the object was freed, or handed out in any other way
     */
    public final int liveSpareGeneration() {
        int[] generations = this.generations;
        return in || generations == null ? -1 : Slab.liveGeneration(generations, place);
    }

    /** Takes the object back, of which {@link #liveSpareGeneration} has just told the generation. */
    public final void giveNumberedSpare() {
        Slab.end(live, generations, place);
        in = true;
        frees++;
    }

    /**
     * Takes the object back at the end of a lease.
     * @return false, and nothing changed, if that is not its address, its slab is hidden, or it is on no lease
     */
    public final boolean giveLeasedSpare(long freed) {
        byte[] live = this.live;
        if (freed != spare || in || live[Slab.HIDDEN] != 0) {
            return false;
        }
        int place = this.place;
        if (live[place] != Slab.LEASED) {
            return false;
        }
        Slab.endLease(live, place);
        in = true;
        frees++;
        return true;
    }

    /** {@return whether the object waits here; false also if there is none} */
    public final boolean isSpareIn() {
        return in;
    }

    /** Makes a live object the spare one, to be kept here when this thread frees it. Not while another one is in. */
    void adoptSpare(Slab slab, long address) {
        assert !in;
        adopt(slab, slab.place(address), address);
        this.handle = slab.handleIfCreated(address);
        this.generations = slab.generationsIfCreated();
    }

    private void adopt(Slab slab, int place, long address) {
        this.spareSlab = slab;
        this.live = slab.liveBytes();
        this.place = place;
        this.home = address;
        this.spare = address;
    }

    /** Looks once more for the generations of the object's slab. By the owner, on a slow path. */
    public final void learnGenerations() {
        generations = spareSlab.generationsIfCreated();
    }

    /** Makes an object that was just freed the spare one and keeps it. Not while another one is in. */
    void keepSpare(Slab slab, long address) {
        adoptSpare(slab, address);
        in = true;
    }

    /** Takes the object out for a magazine or its slab, still free; returns 0 if it is not here. */
    long releaseSpare() {
        long released = cachedSpare();
        in = false;
        return released;
    }

    /** Keeps the owner from using the object, as soon as it reads the address again. Any thread. */
    final void revokeSpare() {
        SPARE.setVolatile(this, 0L);
    }

    final boolean isSpareRevoked() {
        return spare == 0 && home != 0;
    }

    final void restoreSpare() {
        spare = home;
    }

    /** Takes the object out and forgets it, by a thread that revoked it; returns its address, or 0 if it is not here. */
    final long takeSpareAway() {
        long taken = releaseSpare();
        adopt(Slab.NONE, 0, 0);
        handle = null;
        generations = null;
        return taken;
    }

    /** Whether this keeps the live bytes of a slab that is gone; any thread. */
    final boolean keepsDeparted() {
        return Slab.isRetired(live);
    }

    /** Lets go of them, by the owner. */
    final void dropDepartedSpare() {
        if (keepsDeparted()) {
            takeSpareAway();
        }
    }

    /**
     * Lets go of the object's slab if that is gone; any thread. The live bytes stay until the owner comes by or is revoked: with
     * address and place they are one thing. Handle and generations it looks up again, if it has just adopted one.
     */
    final void forgetDepartedSpare() {
        Slab slab = spareSlab;
        if (slab.isRetired() && SPARE_SLAB.compareAndSet(this, slab, Slab.NONE)) {
            handle = null;
            generations = null;
        }
    }

    /** The address while the object is here, else 0; any thread. */
    long cachedSpare() {
        return in ? home : 0;
    }
}
