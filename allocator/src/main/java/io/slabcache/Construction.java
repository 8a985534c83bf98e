package io.slabcache;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * The user's constructor, which runs while a slab is being made and a lock is held: whoever wants to do more than what
 * the constructor asked for can find out that this is not the time.
 */
final class Construction implements Consumer<MemorySegment> {
    private final Consumer<MemorySegment> constructor;

    /** Plain: a thread finds itself here only if it wrote this itself. */
    private Thread runner;

    Construction(Consumer<MemorySegment> constructor) {
        this.constructor = constructor;
    }

    @Override
    public void accept(MemorySegment object) {
        runner = Thread.currentThread();
        try {
            constructor.accept(object);
        } finally {
            runner = null;
        }
    }

    /** Whether the calling thread is in the constructor. */
    boolean isRunning() {
        return runner == Thread.currentThread();
    }
}
