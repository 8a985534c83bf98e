package io.slabcache.tests.jcstress;

import io.slabcache.memory.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A pool of a few objects behind one lock, correct in all that the scenarios check. Each known-bad pool overrides one
 * of its methods.
 */
class SimplePool implements Pool {
    private static final int BREATH = 100;
    private static final long PATIENCE_NANOS = 50_000;

    private final MemoryRegion region;
    private final MemorySegment[] all;
    private final MemorySegment[] free;
    private int size;
    private boolean closed;

    /** Changes at every call. */
    private volatile int calls;

    private long allocations;
    private long frees;

    /** A pool whose objects are all free. */
    SimplePool(int objects) {
        region = Caches.RECYCLED.allocate(objects * Caches.OBJECT_BYTES, Caches.OBJECT_BYTES);
        all = new MemorySegment[objects];
        Arrays.setAll(all, i -> region.segment().asSlice(i * Caches.OBJECT_BYTES, Caches.OBJECT_BYTES));
        free = all.clone();
        size = objects;
    }

    /**
     * Stops in the middle of a deliberate race until another thread has begun a call, and a little longer; gives up if
     * none comes. So every run hits the bug, even on a busy machine.
     */
    final void waitForAnother() {
        int mine = ++calls;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (calls == mine && System.nanoTime() < end) {
            Thread.yield();
        }
        for (int i = 0; i < BREATH; i++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public Pool local() {
        return this;
    }

    @Override
    public synchronized MemorySegment tryAllocate() {
        return pop();
    }

    private MemorySegment pop() {
        return take(available() - 1);
    }

    /** Takes an object without the lock. */
    final MemorySegment take(int top) {
        requireOpen();
        if (top < 0) {
            return null;
        }
        size = top;
        allocations++;
        return free[top];
    }

    @Override
    public MemorySegment tryAllocateCached() {
        return tryAllocate();
    }

    @Override
    public synchronized boolean allocateBulk(MemorySegment[] objects) {
        if (available() < objects.length) {
            return false;
        }
        Arrays.setAll(objects, i -> pop());
        return true;
    }

    /** Returns the number of free objects; takes no lock. */
    final int available() {
        return size;
    }

    @Override
    public synchronized boolean free(MemorySegment object) {
        requireOpen();
        if (isFree(object)) {
            return false;
        }
        push(object);
        return true;
    }

    final boolean isFree(MemorySegment object) {
        return Arrays.asList(free).subList(0, size).contains(object);
    }

    /** Frees an object without the lock. */
    final void push(MemorySegment object) {
        free[size++] = object;
        frees++;
    }

    private void requireOpen() {
        calls = calls + 1;
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public void flush() {
        // No object is kept from other threads.
    }

    @Override
    public synchronized long shrink() {
        return live() > 0 ? 0 : wipe();
    }

    /** Stands for giving memory back: a thread that still has an object sees its contents change. */
    final long wipe() {
        for (MemorySegment object : all) {
            object.fill((byte) 0);
        }
        return all.length * Caches.OBJECT_BYTES;
    }

    @Override
    public MemorySegment segment(long address) {
        return all[indexOf(address)];
    }

    final int indexOf(long address) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].address() == address) {
                return i;
            }
        }
        throw new IllegalArgumentException("no object at " + address);
    }

    final MemorySegment[] all() {
        return all;
    }

    @Override
    public synchronized long[] counts() {
        return new long[] {allocations(), frees(), live()};
    }

    final long allocations() {
        return allocations;
    }

    final long frees() {
        return frees;
    }

    final long live() {
        return allocations - frees;
    }

    @Override
    public synchronized boolean close() {
        if (live() > 0) {
            return false;
        }
        closeNow();
        return true;
    }

    @Override
    public synchronized void closeNow() {
        if (!closed) {
            closed = true;
            region.close();
        }
    }
}
