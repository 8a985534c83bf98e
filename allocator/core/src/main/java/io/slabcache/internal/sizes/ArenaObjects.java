package io.slabcache.internal.sizes;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one arena. Small ones share chunks, which are objects of the classes from 4 KiB on, twice as large each
 * time; larger ones are objects of their own. All are leased from the allocator: until the arena gives them back, no other
 * call frees them, and a forced close of the allocator keeps their memory.
 *
 * <p>Not for several threads at once. Each object is recorded before anything that may fail, so that the end of the arena
 * finds it.
 */
final class ArenaObjects {
    private static final int FIRST_CHUNK = SizeClasses.number(AnySize.CHUNK);
    private static final int LAST_CHUNK = SizeClasses.number(64 << 10);
    private static final long LARGEST_CHUNK = 64 << 10;

    /** Four classes in a doubling. */
    private static final int DOUBLING = 4;

    /** A chunk has room for so many objects like the first. */
    private static final int LIKE_IT = 8;

    /** In stack reserves: enough for a free that finds no room in the caller's magazines. */
    private static final int SLOW_FREE = 12;

    /** In stack reserves: enough to mark and record an object that was allocated. */
    private static final int ADD = 1;

    /** One claim in 64 is a whole one, which costs more. */
    private static final int WHOLE_CLAIM_MASK = 63;

    /** Claims of all arenas; racy, so approximate. */
    private static int claims;

    private static final long[] NO_ADDRESSES = {};
    private static final Slab[] NO_SLABS = {};
    private static final SizeClass[] NO_CLASSES = {};

    private final AnySize sizes;
    private final Arena scope;

    /** The address behind the last byte in use of the current chunk, and behind the chunk. */
    private long used;

    private long end;
    private int nextChunk;

    /** Most arenas need one object; it is kept apart from the others. */
    private long first;

    private Slab firstSlab = Slab.NONE;

    /** Null for a large object. */
    private @Nullable SizeClass firstClass;

    /** The others, in arrays that are made before an object is leased. */
    private long[] addresses = NO_ADDRESSES;

    private Slab[] slabs = NO_SLABS;
    private @Nullable SizeClass[] classes = NO_CLASSES;
    private int others;

    /**
     * Prepares the objects of an arena.
     *
     * @param chunks how many the arena has already
     */
    ArenaObjects(AnySize sizes, Arena scope, int chunks) {
        this.nextChunk = FIRST_CHUNK + chunks * DOUBLING;
        this.sizes = sizes;
        this.scope = scope;
    }

    /** Allocates bytes that are not zeroed yet, from the current chunk or elsewhere; returns their address. */
    long allocate(long bytes, long alignment) {
        long mask = alignment - 1 | AnySize.SURE_ALIGNMENT - 1;
        long start = used + mask & ~mask;
        // An empty object needs a byte, so that its address is its own.
        long next = start + Math.max(bytes, 1);
        if (bytes < 0 || bytes > AnySize.MOST_SHARED || next > end || !isShareable(alignment)) {
            long chunk = leaseChunk(bytes, alignment);
            used = chunk != 0 ? chunk : used;
            return chunk != 0 ? allocate(bytes, alignment) : allocateAlone(bytes, alignment);
        }
        used = next;
        return start;
    }

    private static boolean isShareable(long alignment) {
        return Long.compareUnsigned(alignment - 1, AnySize.CHUNK) < 0 && Long.bitCount(alignment) == 1;
    }

    /**
     * Leases a chunk for an object and for others like it.
     *
     * @return its address; 0 if the object is to be allocated alone
     * @throws IllegalStateException if the arena is closed
     */
    long leaseChunk(long bytes, long alignment) {
        AnySize.require(bytes, 0, alignment);
        if (!scope.scope().isAlive()) {
            throw new IllegalStateException("Already closed: arena of " + sizes);
        }
        if (!sizes.sharesChunks || !isShareable(alignment) || bytes > AnySize.MOST_SHARED - alignment) {
            return 0;
        }
        long wanted = Math.min((bytes + alignment) * LIKE_IT, LARGEST_CHUNK);
        // The first chunk has always the same size, so that it stays at hand as the spare object of the class.
        boolean isFirst = nextChunk == FIRST_CHUNK && bytes <= AnySize.CHUNK;
        int number = isFirst ? FIRST_CHUNK : Math.max(nextChunk, SizeClasses.number(wanted));
        nextChunk = Math.min(number + DOUBLING, LAST_CHUNK);
        long chunk = lease(number, SizeClasses.bytes(number));
        end = chunk + SizeClasses.bytes(number);
        return chunk;
    }

    /** The address behind the last chunk. */
    long end() {
        return end;
    }

    /** Allocates an object that shares no chunk; returns its address. */
    long allocateAlone(long bytes, long alignment) {
        long needed = Math.max(bytes, 1);
        boolean isLarge = needed > SizeClasses.LARGEST || alignment > SizeClasses.LARGEST_ALIGNMENT;
        return isLarge ? leaseLarge(bytes, alignment) : lease(SizeClasses.number(needed, alignment), bytes);
    }

    /** Leases an object of a class. */
    private long lease(int number, long bytes) {
        makeRoom();
        claimStack(ADD);
        while (true) {
            SizeClass served = sizes.classes.get(number);
            try {
                return lease(served, bytes);
            } catch (IllegalStateException e) {
                sizes.classes.replace(number, served, e);
            }
        }
    }

    private long lease(SizeClass served, long bytes) {
        ThreadCache cache = served.current();
        long spare = cache.spareAddress();
        Slab slab = cache.spareSlab();
        long address = spare;
        if (spare == 0 || !cache.leaseSpare()) {
            address = served.lease(cache, bytes);
            slab = served.slabOf(address);
        }
        add(address, slab, served);
        return address;
    }

    private long leaseLarge(long bytes, long alignment) {
        makeRoom();
        claimStack(ADD);
        long address = sizes.large.lease(bytes, alignment);
        add(address, Slab.NONE, null);
        return address;
    }

    private void makeRoom() {
        if (first != 0 && others == addresses.length) {
            int length = Math.max(4, others * 2);
            long[] moreAddresses = Arrays.copyOf(addresses, length);
            Slab[] moreSlabs = Arrays.copyOf(slabs, length);
            classes = Arrays.copyOf(classes, length);
            slabs = moreSlabs;
            addresses = moreAddresses;
        }
    }

    private void add(long address, Slab slab, @Nullable SizeClass served) {
        if (first == 0) {
            first = address;
            firstSlab = slab;
            firstClass = served;
        } else {
            addresses[others] = address;
            slabs[others] = slab;
            classes[others++] = served;
        }
    }

    /** Claims the stack for {@link #giveBack}, unless that is short. */
    void claimStack() {
        if (others > 0) {
            claimStackForOne();
        }
    }

    /** Claims the stack to give an object back that is not the spare one of its class. */
    static void claimStackForOne() {
        claimStack(SLOW_FREE);
    }

    private static void claimStack(int reserves) {
        claims++;
        StackReserve.claim(reserves, (claims & WHOLE_CLAIM_MASK) == 0);
    }

    /** Whether objects are left to be given back. */
    boolean isAny() {
        return first != 0 || others > 0;
    }

    /**
     * Gives all objects back to the calling thread's magazines. After an error the objects that are left are given back by
     * another call.
     */
    void giveBack() {
        if (others == 0 && first != 0 && !giveSpareBack()) {
            claimStackForOne();
        }
        giveBackAll();
    }

    /** Gives the first object back if it is the spare one of its class; returns whether it is. */
    private boolean giveSpareBack() {
        SizeClass served = firstClass;
        if (served == null || !served.current().giveLeasedSpare(first)) {
            return false;
        }
        first = 0;
        return true;
    }

    /** {@link #giveBack} for a caller that has claimed the stack. */
    void giveBackAll() {
        used = 0;
        end = 0;
        RuntimeException failure = null;
        while (isAny()) {
            try {
                giveBackOne();
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        addresses = NO_ADDRESSES;
        slabs = NO_SLABS;
        classes = NO_CLASSES;
        if (failure != null) {
            throw failure;
        }
    }

    private void giveBackOne() {
        if (others > 0) {
            others--;
            giveBack(addresses[others], slabs[others], classes[others]);
        } else {
            long address = first;
            first = 0;
            giveBack(address, firstSlab, firstClass);
        }
    }

    private void giveBack(long address, Slab slab, @Nullable SizeClass served) {
        if (served == null) {
            sizes.large.endLease(address);
            return;
        }
        try {
            served.endLease(served.current(), slab, address);
        } catch (IllegalStateException e) {
            sizes.classes.passIfClosed(e);
        }
    }
}
