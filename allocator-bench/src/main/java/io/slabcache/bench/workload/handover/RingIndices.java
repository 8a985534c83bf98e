package io.slabcache.bench.workload.handover;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The two ends of a ring between one sender and one receiver.
 *
 * <pre>
 *   head &lt;= tail &lt;= head + SLOTS
 *   tail: written by the sender with release, after the slot;    read by the receiver with acquire
 *   head: written by the receiver with release, after the slot;  read by the sender with acquire
 *   headSeen &lt;= head, only the sender's;  tailSeen &lt;= tail, only the receiver's
 * </pre>
 *
 * <p>The copies of the other end let both threads work without touching each other's cache line
 * until the ring looks full or empty. Each thread's fields lie on lines of their own.
 */
abstract class RingIndices extends ReceiverEnd {

    /** Slots of the ring, a power of two. */
    public static final int SLOTS = 1_024;

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
        if (tail - headSeen < SLOTS) {
            return false;
        }
        headSeen = (long) HEAD.getAcquire(this);
        return tail - headSeen == SLOTS;
    }

    /** Receiver: is there nothing to take? */
    final boolean hasNothing() {
        if (head != tailSeen) {
            return false;
        }
        tailSeen = (long) TAIL.getAcquire(this);
        return head == tailSeen;
    }

    final int tailSlot() {
        return (int) tail & MASK;
    }

    final int headSlot() {
        return (int) head & MASK;
    }

    final void advanceTail() {
        TAIL.setRelease(this, tail + 1);
    }

    final void advanceHead() {
        HEAD.setRelease(this, head + 1);
    }

    /** Sender: has everything been received? */
    public final boolean isEmpty() {
        return (long) HEAD.getAcquire(this) == tail;
    }
}
