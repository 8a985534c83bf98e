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
 * <p>Each end publishes {@value #BURST} objects at once, like the rings of network drivers, or fewer when it has to
 * wait. If it published each object, two threads in lockstep would pass the cache lines of indices and slots to and fro
 * for each one. That takes from 10 to 100 ns, differs from JVM to JVM, and would hide the cost of an allocator. Short
 * bursts keep some of this effect, long ones a little: the receiver's processor prefetches the lines that the sender is
 * about to write.
 *
 * <p>Each end has a copy of the other's index, so neither touches the other's cache line until the ring looks full or
 * empty. A waiting end polls head or tail. To avoid false sharing, these are on lines of their own, apart from the fields
 * that the other end writes for each object.
 */
abstract class RingIndices extends ReceiverEnd {

    /** Slots of the ring, a power of two. */
    public static final int SLOTS = 1_024;

    /** Objects that one end publishes at a time, a power of two. */
    public static final int BURST = 128;

    static final int MASK = SLOTS - 1;

    private static final int PADDING = 16;
    private static final int TAIL = PADDING;
    private static final int HEAD = TAIL + PADDING;

    private static final VarHandle INDEX = MethodHandles.arrayElementVarHandle(long[].class);

    private long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15;

    /** The tail and the head, {@value #PADDING} longs from each other and from the ends. */
    private final long[] shown = new long[HEAD + PADDING];

    /** Sender: returns whether there is no free slot. */
    final boolean isFull() {
        if (sent - headSeen < SLOTS) {
            return false;
        }
        publish();
        headSeen = (long) INDEX.getAcquire(shown, HEAD);
        return sent - headSeen == SLOTS;
    }

    /** Receiver: returns whether the ring is empty. */
    final boolean hasNothing() {
        if (received != tailSeen) {
            return false;
        }
        giveBack();
        tailSeen = (long) INDEX.getAcquire(shown, TAIL);
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

    /** Receiver: publishes the free slots that the sender does not know of yet. */
    private void giveBack() {
        if (shown[HEAD] != received) {
            INDEX.setRelease(shown, HEAD, received);
        }
    }

    /** Sender: publishes the objects that the receiver does not know of yet. */
    public final void publish() {
        if (shown[TAIL] != sent) {
            INDEX.setRelease(shown, TAIL, sent);
        }
    }

    /** Sender: returns whether every published object was received. */
    public final boolean isEmpty() {
        return (long) INDEX.getAcquire(shown, HEAD) == shown[TAIL];
    }
}
