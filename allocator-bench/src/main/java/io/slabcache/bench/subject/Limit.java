package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressHandOver;
import io.slabcache.bench.workload.Subject;

/**
 * What no allocator can beat: pop and push on a plain array of addresses, without any check, thread
 * or memory behind it. The hand-over is the ring alone, through which the same addresses go round.
 *
 * <p>In {@code pair} the compiler sees both halves and cancels most of them: it measures little more
 * than JMH's loop. The batches cannot be cancelled.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Limit\.' -prof gc}
 */
@Subject(id = "limit", group = Subject.Group.LIMIT, about = "pop and push on a plain long[]; handover: the ring alone")
public class Limit extends AddressHandOver {

    private long[] stack;
    private int size;
    private int sent;
    private long received;

    @Override
    protected void open() {
        stack = new long[POOLED_OBJECTS];
        while (size < stack.length) {
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
}
