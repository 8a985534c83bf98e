package io.slabcache.internal.slab;

import io.slabcache.internal.util.CountedLock;
import io.slabcache.internal.util.StackReserve;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The regions of slabs that are out of use, or never came into use, on their way back to the memory source. Any thread
 * closes them, one at a time and with no lock held. One that something still holds, such as a native call or a lease, is
 * kept for the next time.
 *
 * <p>A region whose close fails in another way is not tried again: its source may have given the memory to others. The
 * failure is logged once, and thrown by the call that met it. Until a region has gone back its bytes are counted here.
 */
final class RegionReturns {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    /** Reserves of stack for all that is done with a region before and after its own close. */
    private static final int STACK = 4;

    private final CountedLock lock = new CountedLock();

    // All below is guarded by lock.
    private final RegionClaims claims = new RegionClaims();
    private SlabRegion leaving;
    private SlabRegion held;
    private int heldCount;
    private boolean reported;

    /** Of all regions that have left their slab and did not go back. Read without the lock, also when this is garbage. */
    final AtomicLong bytes = new AtomicLong();

    /** Claims a region that came from the source; false if it is that of another slab. */
    boolean claim(SlabRegion region) {
        lock.lock();
        try {
            return claims.add(region);
        } finally {
            lock.unlock();
        }
    }

    /** Claims the life time of a region's memory; false if it is that of another slab. */
    boolean claimScope(SlabRegion region) {
        lock.lock();
        try {
            return claims.addScope(region);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the claims of a region, which is not to be closed, or just about to. */
    void abandon(SlabRegion region) {
        lock.lock();
        try {
            claims.remove(region);
        } finally {
            lock.unlock();
        }
    }

    /** Takes in the regions of slabs that are out of use. Allocates nothing. */
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

    /** Closes a region that became no slab, or keeps it for the next time. */
    void discard(SlabRegion region, Throwable because) {
        bytes.addAndGet(region.bytes());
        Throwable failure = close(region);
        if (failure != null) {
            because.addSuppressed(failure);
        }
    }

    /** Has the regions that are held closed again with those that are taken in. */
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

    /** Closes all regions that were taken in, whatever any of them throws. */
    void closeAll(Returned returned) {
        for (SlabRegion region; (region = next()) != null; ) {
            Throwable failure = close(region);
            if (failure == null) {
                returned.add(region.bytes());
            } else if (!isHeld(region, failure)) {
                returned.failed(failure);
            }
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

    /** Returns what the region threw, or null. */
    private Throwable close(SlabRegion region) {
        // Before, since the source may hand the same memory out again from then on.
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

    /** Notes what came of a close; returns whether that is to be reported. */
    private boolean settle(SlabRegion region, Throwable failure) {
        boolean keeps = failure != null && (isHeld(region, failure) || failure instanceof VirtualMachineError);
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

    /** Whether a failure says that the region may be closed later: not if another close has ended the memory. */
    private static boolean isHeld(SlabRegion region, Throwable failure) {
        return failure instanceof IllegalStateException && region.isAlive();
    }

    private static void report(SlabRegion region, Throwable failure) {
        try {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "a region of " + region.bytes() + " bytes of a memory source could not be given back: its close()"
                            + " threw what does not say that it is still held. It is not closed again, and "
                            + (region.isAlive() ? "stays reserved" : "its memory is gone")
                            + "; further ones of this cache are not reported",
                    failure);
        } catch (RuntimeException e) {
            // Thrown by a log handler of the user's: the other regions are closed all the same.
        }
    }

    /** Regions whose memory could not be given back yet, and that may be closed again. */
    int held() {
        lock.lock();
        try {
            return heldCount;
        } finally {
            lock.unlock();
        }
    }
}
