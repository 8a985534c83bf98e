package io.slabcache.internal.util;

import java.lang.reflect.Method;

/** Measures how much a piece of code allocates on the Java heap. */
public final class HeapUse {
    private HeapUse() {}

    /** Returns the bytes that the calling thread allocates while it runs the code. */
    public static long of(Runnable code) throws ReflectiveOperationException {
        // Reflective, because the module under test does not read the management modules.
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated =
                Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        long thread = Thread.currentThread().threadId();
        long before = (long) allocated.invoke(threads, thread);
        code.run();
        return (long) allocated.invoke(threads, thread) - before;
    }
}
