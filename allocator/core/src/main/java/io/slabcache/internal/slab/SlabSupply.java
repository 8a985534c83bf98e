package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The slab layer as the magazines see it: refill and flush, with growth when there is nothing left to refill from.
 *
 * <p>The growth lock is held by the one thread that asks the memory source for a region and runs the user's
 * constructor, both of which may be slow; it is taken before the lock of the {@link SlabList}, never after. Refills
 * that find objects, and all flushes, do not meet it.
 */
public final class SlabSupply {
    private enum State {
        OPEN,
        SEALED,
        CLOSED
    }

    private final SlabGeometry geometry;
    private final SlabFactory factory;
    private final SlabIndex index;
    private final SlabList list;
    private final CountedLock growth = new CountedLock();

    // Guarded by growth: whether the user's constructor is running, and slabs that are out of use.
    private boolean constructing;
    private final SlabDepartures departures;

    /** Written by the holder of growth. Sealed only while that thread decides whether to close. */
    private volatile State state = State.OPEN;

    /** How often a close was begun, and so the slabs were hidden. Written by the holder of growth. */
    private volatile int seals;

    /**
     * A supply without slabs.
     *
     * @param geometry of the slabs
     * @param source asked for one region per slab
     * @param constructor run on each object of a new slab, or {@code null}
     */
    public SlabSupply(SlabGeometry geometry, MemorySource source, Consumer<MemorySegment> constructor) {
        this(geometry, source, slab -> {}, constructor);
    }

    /**
     * A supply without slabs.
     *
     * @param geometry of the slabs
     * @param source asked for one region per slab
     * @param preparation run on each new slab, before the constructor
     * @param constructor run on each object of a new slab, or {@code null}
     */
    public SlabSupply(
            SlabGeometry geometry,
            MemorySource source,
            Consumer<Slab> preparation,
            Consumer<MemorySegment> constructor) {
        this.geometry = geometry;
        RegionReturns returns = new RegionReturns();
        this.factory = new SlabFactory(geometry, source, preparation, constructor, returns);
        this.departures = new SlabDepartures(returns);
        this.index = new SlabIndex(geometry.granuleShift());
        this.list = new SlabList(index);
    }

    /**
     * Moves up to {@code count} objects out; grows by one slab if there is none at all.
     *
     * @param addresses gets the addresses, last first
     * @param offset of the first
     * @param count more than 0
     * @return how many, 0 only at the bound or after close
     */
    public int refill(long[] addresses, int offset, int count) {
        int taken = list.take(addresses, offset, count);
        // Others may take what one growth made: each turn makes a slab or finds objects free.
        while (taken == 0 && grow()) {
            taken = list.take(addresses, offset, count);
        }
        return taken;
    }

    /**
     * Moves up to {@code count} objects out, without growing.
     *
     * @param addresses gets the addresses, last first
     * @param offset of the first
     * @param count more than 0
     * @return how many
     */
    public int refillFromFree(long[] addresses, int offset, int count) {
        return list.take(addresses, offset, count);
    }

    /** {@return as {@link #refillFromFree}, but 0 also where it would have to wait for the lock} */
    public int tryRefillFromFree(long[] addresses, int offset, int count) {
        return list.take(addresses, offset, count, false);
    }

    /** {@return the address of one object, taken out without growing, or 0} */
    public long takeFree() {
        return list.takeOne();
    }

    /** {@return the address of one object, taken out past the magazines, or 0 at the bound} */
    public long takeOne() {
        long address = list.takeOne();
        while (address == 0 && grow()) {
            address = list.takeOne();
        }
        return address;
    }

    /** Adds a slab unless there are free objects already; returns false if the bound does not allow it. */
    private boolean grow() {
        growth.lock();
        try {
            SlabCounts counts = list.counts();
            if (counts.freeObjects() > 0) {
                return true;
            }
            int objects = geometry.nextSlabObjects(counts.totalObjects());
            if (state == State.CLOSED || objects == 0) {
                return false;
            }
            add(create(objects));
            return true;
        } finally {
            growth.unlock();
        }
    }

    private Slab create(int objects) {
        refuseInConstructor("needs a new slab");
        constructing = true;
        try {
            return factory.create(objects, list.slabs());
        } finally {
            constructing = false;
        }
    }

    private void add(Slab slab) {
        try {
            list.add(slab);
        } catch (RuntimeException | Error e) {
            departures.discard(slab.region(), e);
            throw e;
        }
    }

    private void refuseInConstructor(String what) {
        assert growth.isHeld();
        if (constructing) {
            throw new IllegalStateException("the constructor callback of this cache called the cache in a way that "
                    + what + "; expected a constructor that only writes the segment it is given");
        }
    }

    /**
     * Puts back objects that came from here.
     *
     * @param addresses of the objects
     * @param offset of the first
     * @param count how many
     */
    public void flush(long[] addresses, int offset, int count) {
        list.flush(addresses, offset, count);
    }

    /** {@return whether it did as {@link #flush}; false, and nothing changed, where it would have to wait for the lock} */
    public boolean tryFlush(long[] addresses, int offset, int count) {
        return list.flush(addresses, offset, count, false);
    }

    /**
     * Puts back one object that came from here and went to no caller: not counted, and allocates nothing.
     *
     * @param address of the object
     */
    public void putBack(long address) {
        list.putBack(address);
    }

    /**
     * Puts back one live object, past the magazines. Allocates nothing.
     *
     * @param address of the object
     */
    public void free(long address) {
        list.free(address);
    }

    /** {@return how many bytes it gives back to the source: the memory of all empty slabs} */
    public long shrink() {
        growth.lock();
        try {
            return departures.release(list.removeEmpty());
        } finally {
            unlockAndReport();
        }
    }

    /** Not from within a constructor that calls back: there the next one reports. */
    private void unlockAndReport() {
        growth.unlock();
        if (!growth.isHeld()) {
            departures.report();
        }
    }

    /**
     * The slab of an address, found under the lock, for reports that must not be wrong.
     *
     * @param address anything
     * @return the slab, or {@code null}
     */
    public Slab find(long address) {
        return list.find(address);
    }

    /** {@return whether the supply is not closed} Waits for the end of a close that is just being decided. */
    public boolean isOpen() {
        if (state == State.SEALED) {
            growth.lock();
            growth.unlock();
        }
        return state != State.CLOSED;
    }

    /** {@return a number that is another one if slabs were hidden meanwhile} */
    public int seals() {
        return seals;
    }

    /** {@return whether everything was given back} */
    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /**
     * Gives everything back, unless a condition, asked while no look-up succeeds and nothing grows, forbids it. A second
     * close tries again to give back what something still held at the first.
     *
     * @param condition whether to go on; not asked if closed already
     * @return whether the supply is closed now
     * @throws IllegalStateException if closed, but a lease or a native call still holds memory; close again later
     */
    public boolean closeIf(BooleanSupplier condition) {
        growth.lock();
        try {
            refuseInConstructor("closes it");
            if (state != State.CLOSED && !holdsWhileSealed(condition)) {
                return false;
            }
            departures.release(list.removeAll());
            if (departures.held() > 0) {
                throw new IllegalStateException("cache closed, but the memory of " + departures.held() + " slabs is"
                        + " still held by a lease, a native call or an I/O operation; close again when that has ended");
            }
            return true;
        } finally {
            unlockAndReport();
        }
    }

    private boolean holdsWhileSealed(BooleanSupplier condition) {
        boolean holds = false;
        seals++;
        try {
            state = State.SEALED;
            list.seal(true);
            holds = condition.getAsBoolean();
            return holds;
        } finally {
            if (!holds) {
                list.seal(false);
            }
            state = holds ? State.CLOSED : State.OPEN;
        }
    }

    /** {@return the slabs by address, for look-ups without a lock} */
    public SlabIndex index() {
        return index;
    }

    /** {@return the sizes that all slabs share} */
    public SlabGeometry geometry() {
        return geometry;
    }

    /** {@return a copy of the list of all slabs} */
    public List<Slab> slabs() {
        return list.slabs();
    }

    /** {@return the counts of this moment} */
    public SlabCounts counts() {
        return list.counts();
    }

    /** {@return the bytes of all slabs, kept up to date; refers neither to this supply nor to its source} */
    public AtomicLong reservedBytes() {
        return list.reservedBytes;
    }

    /** {@return where slabs go when they are out of use} */
    public SlabDepartures departures() {
        return departures;
    }

    /** {@return an estimate of the Java heap that describes the slabs: 4-byte references, 40 bytes per segment} */
    public long heapBytes() {
        return list.heapBytes();
    }

    /** Checks every invariant of the layer; throws an {@link AssertionError} naming the first one that does not hold. */
    public void validate() {
        list.validate();
    }
}
