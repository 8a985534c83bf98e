package io.slabcache.internal.slab;

import io.slabcache.internal.observe.Latencies;
import io.slabcache.internal.util.CountedLock;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The slab layer and its entry points: refill and flush, and growth when there is nothing left to refill from.
 *
 * <p>No lock is held while the memory source, a region's close, the last look at slabs or the user's constructor runs.
 * So these may take long, may call any cache, and stop no thread but their caller's. Threads that need a current growth
 * wait for it ({@link Growths}). Threads that find free objects do not wait for a growth, nor does any flush.
 */
public final class SlabSupply {
    private final SlabGeometry geometry;
    private final SlabSpace space;
    private final SlabIndex index;
    private final SlabList list;
    private final Grower grower;
    private final SupplyClosing closing;
    private final Gate gate = new Gate();
    private final RegionReturns returns = new RegionReturns();
    private final SlabDepartures departures = new SlabDepartures(returns);
    private final Shrinking shrinking;
    private final OnDemandHeap onDemand = new OnDemandHeap();
    private final Latencies latencies = new Latencies();
    private final SlabMoves moves;

    /**
     * Makes a supply without slabs, for objects without a constructor.
     *
     * @param geometry of the slabs
     * @param source asked for a reservation, or for one region per slab
     */
    public SlabSupply(SlabGeometry geometry, MemorySource source) {
        this(geometry, source, slab -> {}, Optional.empty());
    }

    /**
     * Makes a supply without slabs.
     *
     * @param geometry of the slabs
     * @param source asked for a reservation, or for one region per slab
     * @param preparation run on each new slab, before the constructor
     * @param constructor run on each object of a new slab
     */
    public SlabSupply(
            SlabGeometry geometry,
            MemorySource source,
            Consumer<Slab> preparation,
            Optional<? extends Consumer<MemorySegment>> constructor) {
        this(geometry, source, preparation, constructor, Optional.empty());
    }

    /**
     * Makes a supply without slabs, which enters its slabs in a directory.
     *
     * @param directory of all slabs of several caches, if this is one of these
     */
    public SlabSupply(
            SlabGeometry geometry,
            MemorySource source,
            Consumer<Slab> preparation,
            Optional<? extends Consumer<MemorySegment>> constructor,
            Optional<SlabDirectory> directory) {
        this(new SlabSpace(geometry, source), preparation, constructor, directory);
    }

    private SlabSupply(
            SlabSpace space,
            Consumer<Slab> preparation,
            Optional<? extends Consumer<MemorySegment>> constructor,
            Optional<SlabDirectory> directory) {
        this(space, preparation, constructor, directory, new Growths(space.slabs()));
    }

    SlabSupply(
            SlabSpace space,
            Consumer<Slab> preparation,
            Optional<? extends Consumer<MemorySegment>> constructor,
            Optional<SlabDirectory> directory,
            Growths growths) {
        this.geometry = space.slabs();
        this.space = space;
        this.index = space.index(directory.orElse(null));
        this.list = new SlabList(index, new CountedLock(latencies.lockWaits()));
        this.moves = new SlabMoves(list, latencies);
        this.shrinking = new Shrinking(geometry, list, returns, departures, latencies);
        SlabFactory factory = new SlabFactory(geometry, space, preparation, constructor, returns, onDemand);
        this.grower = new Grower(growths, factory, list, gate, returns, latencies);
        this.closing = new SupplyClosing(list, grower, gate, returns, departures, space);
    }

    /**
     * Moves up to {@code count} objects out; grows by one slab if there is none.
     *
     * @param addresses gets the addresses, last first
     * @param offset of the first
     * @param count more than 0
     * @return how many, 0 only at the bound or after close
     */
    public int refill(long[] addresses, int offset, int count) {
        int taken = moves.take(addresses, offset, count, true);
        // Other threads may take the objects of a growth. Each iteration makes a slab or finds free objects.
        while (taken == 0 && grower.grow()) {
            taken = moves.take(addresses, offset, count, true);
        }
        grower.noteUse();
        return taken;
    }

    /** {@return as {@link #refill}, but does not grow} */
    public int refillFromFree(long[] addresses, int offset, int count) {
        int taken = moves.take(addresses, offset, count, true);
        grower.noteUse();
        return taken;
    }

    /** {@return as {@link #refillFromFree}, but 0 if it would have to wait for the lock} */
    public int tryRefillFromFree(long[] addresses, int offset, int count) {
        int taken = moves.take(addresses, offset, count, false);
        grower.noteUse();
        return taken;
    }

    /** {@return the address of one object, taken out without growth, or 0} */
    public long takeFree() {
        long address = list.takeOne();
        grower.noteUse();
        return address;
    }

    /**
     * Allocates one object past the magazines. Waits for a pending close.
     *
     * @param marked whether to mark it live
     * @return its address; 0 at the bound or after the close
     */
    public long allocate(boolean marked) {
        long address = list.allocate(marked);
        while (address == 0 && grower.grow()) {
            address = list.allocate(marked);
        }
        grower.noteUse();
        return address;
    }

    /** {@return the address of one object, allocated past the magazines, or 0 at the bound} */
    public long takeOne() {
        long address = list.takeOne();
        while (address == 0 && grower.grow()) {
            address = list.takeOne();
        }
        grower.noteUse();
        return address;
    }

    /** Puts back objects that came from here. */
    public void flush(long[] addresses, int offset, int count) {
        moves.put(addresses, offset, count, true);
    }

    /**
     * {@return whether it did as {@link #flush}; false, and nothing changed, if it would have to wait for the lock}
     */
    public boolean tryFlush(long[] addresses, int offset, int count) {
        return moves.put(addresses, offset, count, false);
    }

    /** Puts back one object that no caller got. Not counted; allocates nothing. */
    public void putBack(long address) {
        list.putBack(address);
    }

    /**
     * Puts back one live object, past the magazines. Allocates nothing.
     *
     * @param address of the object
     * @return false, and nothing done, if a close has removed its slab
     */
    public boolean free(long address) {
        return list.free(address);
    }

    /** As {@link Shrinking#all}. */
    public long shrink() {
        grower.noteShrink();
        return shrinking.all();
    }

    /** {@return the bytes of one region that was returned, or 0 if there is none} */
    public long shrinkOne() {
        return shrinking.one();
    }

    /** {@return why a budget refused the last growth that was refused, in words; or {@code null} if the bound did} */
    public @Nullable String refusal() {
        return grower.refusal();
    }

    /** {@return the part that gives empty slabs back} */
    public Shrinking shrinking() {
        return shrinking;
    }

    /** {@return the slab of any address, or {@code null}} Found under the lock, for reports that must not be wrong. */
    public Slab find(long address) {
        return list.find(address);
    }

    /** {@return whether the supply is not closed} Waits for a pending close. */
    public boolean isOpen() {
        return gate.isOpen();
    }

    /** {@return a number that changes whenever slabs are hidden} */
    public long seals() {
        return gate.stamp();
    }

    /** {@return whether everything was returned, or is about to be} */
    public boolean isClosed() {
        return gate.isClosed();
    }

    /**
     * Closes the supply and returns all memory, unless a condition forbids it. The condition is evaluated while
     * look-ups fail and no growth begins. A second close tries again to return memory that was held at the first. A
     * current growth finds the supply closed and returns its own memory.
     *
     * @param condition whether to close; waits for locks and what happens under them; not asked if closed already
     * @return whether the supply is closed now
     * @throws IllegalStateException if closed, but a lease or a native call still holds memory; close again later. Or
     *     if closed, but a region threw; the next close does not try that again
     */
    public boolean closeIf(BooleanSupplier condition) {
        return closing.closeIf(condition);
    }

    /** {@return the times of this layer's steps, and of others above it} */
    public Latencies latencies() {
        return latencies;
    }

    /** {@return the part that adds slabs} */
    public Grower grower() {
        return grower;
    }

    /** {@return the slabs by address, for look-ups without a lock} */
    public SlabIndex index() {
        return index;
    }

    /** {@return the addresses of all slabs} */
    public SlabSpace space() {
        return space;
    }

    /** {@return the geometry that all slabs share} */
    public SlabGeometry geometry() {
        return geometry;
    }

    /** {@return a copy of the list of all slabs} */
    public List<Slab> slabs() {
        return list.slabs();
    }

    /** {@return the current counts} */
    public SlabCounts counts() {
        return list.counts().plus(SlabCounts.ofBytes(returns.bytes.get(), onDemand.bytes()));
    }

    /** {@return all reserved bytes, always current; refers neither to this supply nor to its source} */
    public LongSupplier reservedBytes() {
        AtomicLong inUse = list.sums.reservedBytes;
        AtomicLong leaving = returns.bytes;
        return () -> inUse.get() + leaving.get();
    }

    /** {@return the last steps of slabs that leave use} */
    public SlabDepartures departures() {
        return departures;
    }

    /** Checks every invariant of the layer; an {@link AssertionError} names the first broken one. */
    public void validate() {
        list.validate();
    }
}
