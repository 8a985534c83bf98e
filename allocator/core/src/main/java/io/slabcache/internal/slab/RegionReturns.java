package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.StackReserve;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The regions of slabs that left use or never came into use, on their way back to the memory source. Any thread closes
 * them, one at a time and with no lock held. A region that is still held, by a native call or a lease, is kept for the
 * next attempt. So is one whose close found too little stack or heap and left the memory alive.
 *
 * <p>A region whose close fails in another way is not closed again, because its source may have given the memory to
 * others. The failure is logged once and thrown to the caller. The bytes of a region are counted here until it has gone
 * back.
 */
final class RegionReturns {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    /** In stack reserves: enough for everything before and after a region's own close. */
    private static final int STACK = 4;

    private final CountedLock lock = new CountedLock();

    // Everything below is guarded by lock.
    private final RegionClaims claims = new RegionClaims();
    private SlabRegion leaving;
    private SlabRegion held;
    private int heldCount;
    private boolean reported;

    /**
     * Bytes of all regions that left their slab and did not go back. Read without the lock, even after this is garbage.
     */
    final AtomicLong bytes = new AtomicLong();

    /** Claims a region that came from the source; false if another slab has it. */
    boolean claim(SlabRegion region) {
        lock.lock();
        try {
            return claims.add(region);
        } finally {
            lock.unlock();
        }
    }

    /** Claims the scope of a region's memory; false if another slab needs it. */
    boolean claimScope(SlabRegion region) {
        lock.lock();
        try {
            return claims.addScope(region);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the claims of a region that will not be closed, or is about to be. */
    void abandon(SlabRegion region) {
        lock.lock();
        try {
            claims.remove(region);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in the regions of slabs that left use. Allocates nothing. */
    void add(List<Slab> slabs) {
        lock.lock();
        try {
            for (int i = 0; i < slabs.size(); i++) {
                addLocked(slabs.get(i).region());
            }
        } finally {
            lock.unlock();
        }
    }

    private void addLocked(SlabRegion region) {
        assert lock.isHeld();
        region.next = leaving;
        leaving = region;
        bytes.addAndGet(region.bytes());
    }

    /** Closes a region that never became a slab, or keeps it for the next attempt. */
    void discard(SlabRegion region, Throwable because) {
        bytes.addAndGet(region.bytes());
        Throwable failure = close(region);
        if (failure != null) {
            because.addSuppressed(failure);
        }
    }

    /** Makes the next {@link #closeAll} try the held regions again. */
    void retry() {
        lock.lock();
        try {
            while (held != null) {
                SlabRegion region = held;
                held = region.next;
                region.next = leaving;
                leaving = region;
            }
            heldCount = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Closes all regions that were taken in, whatever each of them throws. */
    void closeAll(Returned returned) {
        for (SlabRegion region; (region = next()) != null; ) {
            close(region, returned);
        }
    }

    /** Closes regions that were taken in until one has gone back. */
    void closeOne(Returned returned) {
        for (SlabRegion region; returned.bytes() == 0 && (region = next()) != null; ) {
            close(region, returned);
        }
    }

    private void close(SlabRegion region, Returned returned) {
        Throwable failure = close(region);
        if (failure == null) {
            returned.add(region.bytes());
        } else if (!isHeld(region, failure)) {
            returned.failed(region, failure);
        }
    }

    private SlabRegion next() {
        StackReserve.claim(STACK);
        lock.lock();
        try {
            SlabRegion region = leaving;
            if (region != null) {
                leaving = region.next;
                region.next = null;
            }
            return region;
        } finally {
            lock.unlock();
        }
    }

    /** Closes a region; returns its exception or null. */
    private Throwable close(SlabRegion region) {
        // First, because from the close on the source may hand out the same memory again.
        abandon(region);
        Throwable failure = null;
        try {
            region.close();
        } catch (Throwable e) {
            failure = e;
        }
        if (settle(region, failure)) {
            report(region, failure);
        }
        return failure;
    }

    /** Records the result of a close; returns whether to report it. */
    private boolean settle(SlabRegion region, Throwable failure) {
        boolean keeps = failure != null
                && (isHeld(region, failure) || failure instanceof VirtualMachineError && region.isAlive());
        lock.lock();
        try {
            if (keeps) {
                region.next = held;
                held = region;
                heldCount++;
            } else if (failure == null || !region.isAlive()) {
                bytes.addAndGet(-region.bytes());
            }
            boolean first = failure != null && !keeps && !reported;
            reported |= first;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a failure means that the region may be closed later. It does not if another close has ended the memory.
     */
    private static boolean isHeld(SlabRegion region, Throwable failure) {
        return failure instanceof IllegalStateException && region.isAlive();
    }

    private static void report(SlabRegion region, Throwable failure) {
        try {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "a region of " + region.bytes() + " bytes of a memory source could not be returned: its close()"
                            + " failed, and not because the region is still held. It is not closed again, and "
                            + (region.isAlive() ? "stays reserved" : "its memory is gone")
                            + "; further failures of this cache are not reported",
                    failure);
        } catch (RuntimeException e) {
            // From a log handler of the user. The other regions are closed nevertheless.
        }
    }

    /** The number of regions that are still held and will be closed again. */
    int held() {
        lock.lock();
        try {
            return heldCount;
        } finally {
            lock.unlock();
        }
    }
}
