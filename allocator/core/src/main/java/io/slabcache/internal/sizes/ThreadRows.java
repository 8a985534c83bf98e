package io.slabcache.internal.sizes;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.magazine.ThreadCaches;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * For each thread a row with its part of the cache of each size class. So one look at the thread finds all of them, and a
 * program that changes the size with each call touches one cache line where the tables of as many {@link ThreadCaches}
 * would be.
 *
 * <p>A row is a copy of what the caches know, filled by its thread on slow paths. It may lack a part, or have one of a cache
 * that was closed; so a user of it has to test the owner of the part, and a slow path looks again. A thread whose place
 * belongs to another one has no row.
 */
public final class ThreadRows {
    /** Threads with consecutive numbers do not collide. */
    private static final int PLACES = 1 << 10;

    private static final int SMALLEST_CROWD = 32;

    /** The arrays of all places. */
    private static final long BYTES_OF_PLACES = 2 * (16 + PLACES * 4L);

    /** A row and its owner. */
    private static final long BYTES_OF_A_THREAD = 16 + SizeClasses.COUNT * 4L + 56;

    private static final VarHandle OWNER = MethodHandles.arrayElementVarHandle(Owner[].class);
    private static final VarHandle ROW = MethodHandles.arrayElementVarHandle(ThreadCache[][].class);

    /** The row of a place without owner. Never written. */
    private static final ThreadCache[] EMPTY = newRow();

    /** Published with release, read plainly: see docs/memory-model.md. Elements of a row are written by its thread. */
    private final ThreadCache[][] rows = new ThreadCache[PLACES][];

    private final @Nullable Owner[] owners = new Owner[PLACES];
    private final AtomicInteger owned = new AtomicInteger();

    /** Rows at which to look for dead threads. A hint. */
    private volatile int crowd = SMALLEST_CROWD;

    /** The thread of a row. Weak, because a dead thread would keep its class loader reachable. */
    private static final class Owner extends WeakReference<Thread> {
        final long id;

        Owner(Thread thread) {
            super(thread);
            this.id = thread.threadId();
        }

        /** Whether the thread has ended. A collected one has. */
        boolean isDead() {
            Thread thread = get();
            return thread == null || !thread.isAlive();
        }
    }

    ThreadRows() {
        Arrays.fill(rows, EMPTY);
        // The first use of a VarHandle allocates heap. Done here, because later a call may not fail.
        ROW.setRelease(rows, 0, EMPTY);
        OWNER.compareAndSet(owners, 0, null, null);
        OWNER.getAcquire(owners, 0);
    }

    private static ThreadCache[] newRow() {
        ThreadCache[] row = new ThreadCache[SizeClasses.COUNT];
        // Both kinds are owned by no thread.
        Arrays.fill(row, ThreadCaches.none(false));
        return row;
    }

    /** {@return an estimate of the Java heap, for 4-byte references} */
    long heapBytes() {
        return BYTES_OF_PLACES + owned.get() * BYTES_OF_A_THREAD;
    }

    /** {@return the rows, for {@link #likely}} */
    public ThreadCache[][] rows() {
        return rows;
    }

    /**
     * Returns a thread's part of a class, most of the time.
     *
     * @param rows of all threads
     * @param threadId of the calling thread
     * @param number of the class
     * @return its part, or one that another thread or none owns
     */
    public static ThreadCache likely(ThreadCache[][] rows, long threadId, int number) {
        return rows[(int) threadId & (rows.length - 1)][number];
    }

    /**
     * Enters a part of the calling thread. Does nothing if it has none of its own or has no row, or if the heap is full.
     *
     * @param number of the class
     * @param part of the calling thread, or the shared empty one
     */
    void learn(int number, ThreadCache part) {
        Thread thread = Thread.currentThread();
        long id = thread.threadId();
        int place = (int) id & (PLACES - 1);
        try {
            if (part.isOwnedBy(id) && (isOwnedBy(place, id) || claim(place, thread))) {
                row(place)[number] = part;
            }
        } catch (OutOfMemoryError e) {
            // Not needed by this call; a later one tries again.
        }
    }

    private boolean isOwnedBy(int place, long id) {
        Owner owner = (Owner) OWNER.getAcquire(owners, place);
        return owner != null && owner.id == id;
    }

    private boolean claim(int place, Thread thread) {
        Owner before = (Owner) OWNER.getAcquire(owners, place);
        if (before != null && !before.isDead() || !OWNER.compareAndSet(owners, place, before, new Owner(thread))) {
            return false;
        }
        // What a dead thread left does not belong to this one.
        ROW.setRelease(rows, place, EMPTY);
        if (before == null && owned.incrementAndGet() > crowd) {
            forgetDead();
        }
        return true;
    }

    /** The row of the calling thread, which owns the place. Another thread may have emptied the place: see below. */
    private ThreadCache[] row(int place) {
        ThreadCache[] row = rows[place];
        if (row == EMPTY) {
            row = newRow();
            ROW.setRelease(rows, place, row);
        }
        return row;
    }

    /**
     * Drops the rows of dead threads. If a new owner comes between the two steps, it loses its row and makes another one.
     */
    void forgetDead() {
        for (int place = 0; place < PLACES; place++) {
            Owner owner = (Owner) OWNER.getAcquire(owners, place);
            if (owner != null && owner.isDead() && OWNER.compareAndSet(owners, place, owner, null)) {
                ROW.setRelease(rows, place, EMPTY);
                owned.decrementAndGet();
            }
        }
        crowd = Math.max(2 * owned.get(), SMALLEST_CROWD);
    }
}
