package io.slabcache.bench.subject;

import org.openjdk.jmh.annotations.CompilerControl;

/**
 * A plain array of addresses with a call for "empty" and one for "full", as each magazine has them. With such a call in
 * its loop, the compiler keeps the size in memory, and each pop waits for the store before it.
 *
 * <p>A compiler omits a branch that is never taken. So a burst should hold one object more than the stack: then each
 * burst makes both calls once, and {@link #calls()} shows it.
 */
public final class AddressStack {
    private final long[] addresses;
    private int size;

    /** The object that found the stack full, for the next pop that finds it empty. */
    private long extra;

    private long calls;

    /**
     * Makes a full stack of addresses that must not be accessed.
     *
     * @param objects how many
     * @param objectSize the distance of their addresses
     */
    public AddressStack(int objects, int objectSize) {
        this(objects, objectSize, 0x10_0000L);
    }

    /**
     * Makes a full stack.
     *
     * @param objects how many; it uses one more
     * @param objectSize the distance of their addresses
     * @param first the first of them
     */
    public AddressStack(int objects, int objectSize, long first) {
        addresses = new long[objects];
        while (size < objects) {
            addresses[size] = first + (long) size * objectSize;
            size++;
        }
        extra = first + (long) size * objectSize;
    }

    public long pop() {
        int top = size - 1;
        if (Integer.compareUnsigned(top, addresses.length) >= 0) {
            return popEmpty();
        }
        size = top;
        return addresses[top];
    }

    public void push(long address) {
        int top = size;
        if (Integer.compareUnsigned(top, addresses.length) >= 0) {
            pushFull(address);
            return;
        }
        addresses[top] = address;
        size = top + 1;
    }

    /** Makes a call for "empty" and one for "full". */
    public void callBoth() {
        int objects = size;
        size = 0;
        long saved = pop();
        size = addresses.length;
        push(saved);
        size = objects;
    }

    /** Returns how many pops found the stack empty, and pushes found it full. */
    public long calls() {
        return calls;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private long popEmpty() {
        calls++;
        return extra;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    private void pushFull(long address) {
        calls++;
        extra = address;
    }
}
