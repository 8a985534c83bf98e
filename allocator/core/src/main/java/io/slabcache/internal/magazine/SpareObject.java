package io.slabcache.internal.magazine;

import io.slabcache.internal.slab.Generations;
import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One object that a thread allocates and frees over and over, with all that had to be looked up for it.
 *
 * <p>A thread that frees its last allocation gets the same object again. A magazine handles this case worst: each
 * allocation derives slab, live byte and handle from an address that the free just stored, in a chain of dependent
 * loads. Here the results stay in fields, and the free object waits outside the magazine.
 *
 * <p>Owned by the thread of the {@link ThreadCache}; statistics read {@code in}. Invariant: while {@code in}, the
 * object is free, in no magazine and not in its slab. Otherwise it may be anywhere, even live for another thread.
 */
abstract class SpareObject extends PaddingBefore {
    private static final VarHandle SPARE_SLAB = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "spareSlab", VarHandle.class, SpareObject.class, Slab.class);
    private static final VarHandle SPARE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "spare", VarHandle.class, SpareObject.class, long.class);

    private Slab spareSlab = Slab.NONE;
    private byte[] live = Slab.NONE.liveBytes();
    private int place;

    /** The generations beside the live bytes; null if there were none at the look-up. */
    private int[] generations;

    /**
     * The object's address, or 0. A {@link Revocation} clears this field, but not its copy {@code home}. Each method
     * that hands the object out or takes it back reads it once and refuses 0: another thread may be taking the object.
     */
    private long spare;

    private long home;
    private MemorySegment handle;

    /** Written last: no exception can intervene, so C2 eliminates the stores that the next call overwrites. */
    private boolean in;

    /** Links classes now, because linking later might find no heap. */
    SpareObject() {
        SPARE_SLAB.compareAndSet(this, spareSlab, Slab.NONE);
    }

    // Objects freed by this owner. Two counts, because a loop of frees would load a single one before it looks for the
    // spare object, and keep it in a register until the push.
    long spareFrees;
    long pushes;

    /** Allocates it; returns 0 if it is not here, or its slab is hidden because the cache is closed or may soon be. */
    public final long takeSpare() {
        long spare = this.spare;
        byte[] live = this.live;
        // Testing for 0 here spares the caller a test after the stores.
        if (!in || spare == 0 || live[Slab.HIDDEN] != 0) {
            return 0;
        }
        live[place] = Slab.LIVE;
        in = false;
        return spare;
    }

    /**
     * Allocates the spare object under a new generation.
     *
     * @param spare what {@link #spareAddress} has just returned
     * @return the generation; -1 if the object is not here, its slab is hidden, or it had no generations lately
     */
    public final int takeSpareGeneration(long spare) {
        int[] generations = this.generations;
        byte[] live = this.live;
        if (!in || spare == 0 || generations == null || live[Slab.HIDDEN] != 0) {
            return -1;
        }
        int generation = Generations.renew(live, generations, place);
        in = false;
        return generation;
    }

    /** Leases it if it is here and its slab is not hidden. First marks it: see {@code LeaseMarks.begin}. */
    public final boolean leaseSpare() {
        if (!in || spare == 0) {
            return false;
        }
        byte[] live = this.live;
        live[place] = LeaseMarks.LEASED;
        if (live[Slab.HIDDEN] != 0) {
            live[place] = 0;
            return false;
        }
        in = false;
        return true;
    }

    /** {@return the slab of the spare object, wherever the object is now; or a slab without objects} */
    public final Slab spareSlab() {
        return spareSlab;
    }

    /** {@return the address of the spare object, wherever it is now; or 0, which it may become at any time} */
    public final long spareAddress() {
        return spare;
    }

    /** Allocates it by its handle; null if it is not here or hidden. If no first handle can be made, it stays here. */
    public final MemorySegment takeSpareHandle() {
        MemorySegment handle = this.handle;
        return handle != null && takeSpare() != 0 ? handle : takeFirstHandle();
    }

    private MemorySegment takeFirstHandle() {
        long spare = this.spare;
        if (handle != null || !in || spare == 0 || live[Slab.HIDDEN] != 0) {
            return null;
        }
        Slab slab = spareSlab;
        MemorySegment first = slab.handle(spare);
        // Null if the slab keeps no handles.
        handle = slab.handleIfCreated(spare);
        return takeSpare() != 0 ? first : null;
    }

    /**
     * Frees the spare object. All code is in this method and the next one: any call, even a rare one, would keep the
     * compiler from hoisting anything out of a loop that frees.
     *
     * @param freed address that is being freed
     * @return false, and nothing changed, if it is not the address of this object, or the object is not live
     */
    public final boolean giveSpare(long freed) {
        if (freed != spare || freed == 0) {
            return false;
        }
        byte[] live = this.live;
        int place = this.place;
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        in = true;
        spareFrees++;
        return true;
    }

    /** Frees the spare object by its handle, likewise. A revocation leaves the handle, so this tests the address. */
    public final boolean giveSpare(MemorySegment freed) {
        if (freed != handle || spare == 0) {
            return false;
        }
        byte[] live = this.live;
        int place = this.place;
        if (live[place] <= 0) {
            return false;
        }
        live[place] = 0;
        in = true;
        spareFrees++;
        return true;
    }

    /**
     * Returns the generation under which the object is live. If a free follows its allocation, both make the same
     * handle from the result of {@link #takeSpareGeneration} and of this method, and the compiler folds the comparison.
     *
     * @param spare what {@link #spareAddress} has just returned
     * @return the generation, or -1 if the object was freed, or handed out in any other way
     */
    public final int liveSpareGeneration(long spare) {
        int[] generations = this.generations;
        return in || spare == 0 || generations == null ? -1 : Generations.live(generations, place);
    }

    /** Frees the object whose generation {@link #liveSpareGeneration} has just returned; false after a close. */
    public final boolean giveNumberedSpare() {
        int[] generations = this.generations;
        if (generations == null) {
            return false;
        }
        Generations.end(live, generations, place);
        in = true;
        spareFrees++;
        return true;
    }

    /**
     * Frees the spare object at the end of its lease.
     * @return false, and nothing changed, if that is not its address, its slab is hidden, or it is not leased
     */
    public final boolean giveLeasedSpare(long freed) {
        byte[] live = this.live;
        if (freed != spare || in || live[Slab.HIDDEN] != 0) {
            return false;
        }
        int place = this.place;
        if (live[place] != LeaseMarks.LEASED) {
            return false;
        }
        LeaseMarks.end(live, place);
        in = true;
        spareFrees++;
        return true;
    }

    /** {@return whether the spare object waits here; false if there is none} */
    public final boolean isSpareIn() {
        return in;
    }

    /** Makes a live object the spare one, to be kept here when this thread frees it. Not while another one is in. */
    void adoptSpare(Slab slab, long address) {
        assert !in;
        adopt(slab, slab.place(address), address);
        this.handle = slab.handleIfCreated(address);
        this.generations = slab.generations();
    }

    private void adopt(Slab slab, int place, long address) {
        this.spareSlab = slab;
        this.live = slab.liveBytes();
        this.place = place;
        this.home = address;
        this.spare = address;
    }

    /** Looks up the generations of the object's slab again. For the owner, on a slow path. */
    public final void learnGenerations() {
        generations = spareSlab.generations();
    }

    /** Makes a freed object the spare one and keeps it. Not while another one is in. */
    void keepSpare(Slab slab, long address) {
        adoptSpare(slab, address);
        in = true;
    }

    /** Removes the object, still free, for a magazine or its slab; returns 0 if it is not here. */
    long releaseSpare() {
        long released = cachedSpare();
        in = false;
        return released;
    }

    /** Stops the owner from using the object when it next reads the address. For any thread. */
    final void revokeSpare() {
        SPARE.setVolatile(this, 0L);
    }

    final boolean isSpareRevoked() {
        return spare == 0 && home != 0;
    }

    final void restoreSpare() {
        spare = home;
    }

    /** Takes the object from a revoked cache and forgets it; returns its address, or 0 if it is not here. */
    final long takeSpareAway() {
        long taken = releaseSpare();
        adopt(Slab.NONE, 0, 0);
        handle = null;
        generations = null;
        return taken;
    }

    /** Whether this keeps the live bytes of a removed slab. For any thread. */
    final boolean keepsDeparted() {
        return Slab.isRetired(live);
    }

    /** Drops the live bytes of a removed slab. For the owner. */
    final void dropDepartedSpare() {
        if (keepsDeparted()) {
            takeSpareAway();
        }
    }

    /**
     * Drops the object's slab if that was removed. For any thread. The live bytes stay until the owner comes by or is
     * revoked, because they belong together with address and place. It looks up handle and generations again.
     */
    final void forgetDepartedSpare() {
        Slab slab = spareSlab;
        if (slab.isRetired() && SPARE_SLAB.compareAndSet(this, slab, Slab.NONE)) {
            handle = null;
            generations = null;
        }
    }

    /** The address while the object is here, else 0. For any thread. */
    long cachedSpare() {
        return in ? home : 0;
    }
}
