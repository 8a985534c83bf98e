package io.slabcache.bench.workload.handover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The two ends of a ring between one sender and one receiver.
 *
 * <pre>
 *   head &lt;= received &lt;= tail &lt;= sent &lt;= head + SLOTS
 *   tail: written by the sender with release, after the slots;    read by the receiver with acquire
 *   head: written by the receiver with release, after the slots;  read by the sender with acquire
 *   sent, headSeen &lt;= head: only the sender's;  received, tailSeen &lt;= tail: only the receiver's
 * </pre>
 *
 * <p>Each end tells the other of {@value #BURST} objects at once, as the rings of network drivers do, or
 * of fewer when it has to wait. One by one, two threads in step would pass the lines of indices and
 * slots to and fro for each object, which takes from 10 to 100 ns, and differs from one JVM to the next:
 * that would hide what an allocator costs.
 *
 * <p>The copies of the other end let both threads work without touching each other's cache line
 * until the ring looks full or empty. Each thread's fields lie on lines of their own.
 */
abstract class RingIndices extends ReceiverEnd {

    /** Slots of the ring, a power of two. */
    public static final int SLOTS = 1_024;

    /** Objects of which one end tells the other at a time, a power of two. */
    public static final int BURST = 32;

    static final int MASK = SLOTS - 1;

    private static final VarHandle TAIL;
    private static final VarHandle HEAD;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TAIL = lookup.findVarHandle(SenderEnd.class, "tail", long.class);
            HEAD = lookup.findVarHandle(ReceiverEnd.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    /** Sender: is there no free slot? */
    final boolean isFull() {
        if (sent - headSeen < SLOTS) {
            return false;
        }
        publish();
        headSeen = (long) HEAD.getAcquire(this);
        return sent - headSeen == SLOTS;
    }

    /** Receiver: is there nothing to take? */
    final boolean hasNothing() {
        if (received != tailSeen) {
            return false;
        }
        giveBack();
        tailSeen = (long) TAIL.getAcquire(this);
        return received == tailSeen;
    }

    final int tailSlot() {
        return (int) sent & MASK;
    }

    final int headSlot() {
        return (int) received & MASK;
    }

    final void advanceTail() {
        sent++;
        if ((sent & (BURST - 1)) == 0) {
            publish();
        }
    }

    final void advanceHead() {
        received++;
        if ((received & (BURST - 1)) == 0) {
            giveBack();
        }
    }

    /** Receiver: shows the sender the free slots that it does not know of yet. */
    private void giveBack() {
        if (head != received) {
            HEAD.setRelease(this, received);
        }
    }

    /** Sender: shows the receiver what it does not know of yet. */
    public final void publish() {
        if (tail != sent) {
            TAIL.setRelease(this, sent);
        }
    }

    /** Sender: has everything that was published been received? */
    public final boolean isEmpty() {
        return (long) HEAD.getAcquire(this) == tail;
    }
}
