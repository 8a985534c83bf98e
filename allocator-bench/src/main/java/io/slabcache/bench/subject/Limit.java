package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;
import java.util.Arrays;

/**
 * The limit that no allocator can beat: pop and push on a plain array of addresses, without checks, threads or memory.
 * Every thread has its own array. The hand-over is the ring alone, through which the same addresses circulate; requests
 * are threads and waits alone. Scattered objects have a byte each beside the array, which is tested and written: there
 * it is the limit of allocators that find double frees, and others may be faster.
 *
 * <p>In {@code pair} the compiler sees both halves and cancels most of them: it measures little more than JMH's loop.
 * It cannot cancel the batches.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Limit\.' -prof gc}
 */
@Subject(
        id = "limit",
        group = Subject.Group.LIMIT,
        about =
                "pop and push on a plain long[], with calls for \"empty\" and \"full\" in bursts and replacements; sizes: one for "
                        + "each class; scattered: a byte[], too; handover: the ring alone; platform, virtual: the threads alone")
public class Limit extends AddressRequests {

    /** Keeps the used slots apart from neighbours on the heap, such as another thread's array. */
    private static final int PADDING = 16;

    private long[] stack;

    /** Whether each object is out; only used with many objects. */
    private byte[] marks;

    private int size;

    /** In the hand-over, the sender's counter and the receiver's. */
    private final PaddedLong sent = new PaddedLong();

    private final PaddedLong received = new PaddedLong();

    @Override
    protected void open() {
        stack = new long[POOLED_OBJECTS + PADDING];
        while (size < POOLED_OBJECTS) {
            stack[size++] = 0x10_0000L + (long) size * objectSize;
        }
    }

    @Override
    protected long take() {
        return stack[--size];
    }

    @Override
    protected void give(long address) {
        stack[size++] = address;
    }

    @Override
    protected void takeAll(long[] addresses) {
        marks = new byte[addresses.length];
        Arrays.fill(marks, (byte) 1);
        Arrays.setAll(addresses, i -> i);
        size = 0;
    }

    /** Tests and writes a mark for each object, as an allocator needs to find double frees. */
    @Override
    protected void giveScattered(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            int object = (int) addresses[i];
            if (marks[object] != 1) {
                throw new IllegalStateException("object " + object + " was freed twice");
            }
            marks[object] = 0;
            give(object);
        }
    }

    @Override
    protected void takeScattered(long[] addresses, int count) {
        for (int i = 0; i < count; i++) {
            long object = take();
            marks[(int) object] = 1;
            addresses[i] = object;
        }
    }

    @Override
    protected void giveAll(long[] addresses) {
        marks = null;
    }

    @Override
    protected long send() {
        sent.add(1);
        return stack[(int) sent.get() & (POOLED_OBJECTS - 1)];
    }

    /** Uses the address, so that the compiler cannot remove the read from the ring. */
    @Override
    protected void receive(long address) {
        received.add(address);
    }

    /** Returns any address, because threads share the array here. */
    @Override
    protected long hold() {
        return stack[0];
    }

    @Override
    protected void release(long address) {}
}
