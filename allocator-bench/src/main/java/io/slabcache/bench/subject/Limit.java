package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;

/**
 * What no allocator can beat: pop and push on a plain array of addresses, without any check, thread
 * or memory behind it. Every thread has an array of its own. The hand-over is the ring alone, through
 * which the same addresses go round; requests are their threads and waits alone.
 *
 * <p>In {@code pair} the compiler sees both halves and cancels most of them: it measures little more
 * than JMH's loop. The batches cannot be cancelled.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Limit\.' -prof gc}
 */
@Subject(
        id = "limit",
        group = Subject.Group.LIMIT,
        about = "pop and push on a plain long[]; handover: the ring alone; platform, virtual: the threads alone")
public class Limit extends AddressRequests {

    /** Keeps the places in use apart from whatever follows in the heap, such as another thread's array. */
    private static final int PADDING = 16;

    private long[] stack;
    private int size;
    private int sent;
    private long received;

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
    protected long send() {
        return stack[sent++ & (POOLED_OBJECTS - 1)];
    }

    /** Uses the address, so that reading it from the ring cannot be removed. */
    @Override
    protected void receive(long address) {
        received += address;
    }

    /** Any address, because threads share the array here. */
    @Override
    protected long hold() {
        return stack[0];
    }

    @Override
    protected void release(long address) {}
}
