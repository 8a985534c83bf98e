package io.slabcache.internal.magazine;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a thread waits in a native method of the JDK with no method of ours on its stack. Then no register and no
 * stack slot holds a field of its cache, because a compiler assumes that such a call may change every field.
 */
final class WaitingThread {
    private static final String FRONT_DOOR = "io.slabcache.";
    private static final String INTERNALS = "io.slabcache.internal.";

    /** Native methods that wait or do I/O, by the start of class and method name. */
    private static final Set<String> WAITING = Set.of(
            "jdk.internal.misc.Unsafe.park",
            "java.lang.Object.wait",
            "java.lang.Thread.sleep",
            "java.lang.ProcessHandleImpl");

    /** Packages whose native methods do I/O. */
    private static final Set<String> INPUT_OUTPUT = Set.of("sun.nio.ch.", "java.io.", "java.net.");

    /** HotSpot's number of the thread that runs {@code main}. */
    private static final long MAIN_ID = 1;

    private WaitingThread() {}

    /** Stops the thread at a safepoint to read its stack. */
    static boolean waitsOutside(Thread thread) {
        return waitsOutside(thread, WaitingThread::isOurs);
    }

    static boolean waitsOutside(Thread thread, Predicate<String> isOurs) {
        StackTraceElement[] stack = thread.getStackTrace();
        return waits(thread, stack, isOurs);
    }

    static boolean waits(Thread thread, StackTraceElement[] stack, Predicate<String> isOurs) {
        if (stack.length == 0 || !waits(stack[0]) || !isBegin(thread, stack[stack.length - 1])) {
            return false;
        }
        for (StackTraceElement frame : stack) {
            if (isOurs.test(frame.getClassName())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a thread begins with this frame, so that its trace is whole: {@code -XX:MaxJavaStackTraceDepth} cuts
     * traces, and our methods may be in the part that is missing. A thread begins with {@code run()} of its own class
     * or a superclass; the first thread of a JVM, with {@code main}. A thread that begins in native code is never
     * recognized, and keeps its objects.
     */
    private static boolean isBegin(Thread thread, StackTraceElement last) {
        if (!last.getMethodName().equals("run")) {
            return thread.threadId() == MAIN_ID && last.getMethodName().equals("main");
        }
        Class<?> type = thread.getClass();
        while (type != Object.class && !type.getName().equals(last.getClassName())) {
            type = type.getSuperclass();
        }
        return type != Object.class;
    }

    static boolean waits(StackTraceElement top) {
        String method = top.getClassName() + "." + top.getMethodName();
        return top.isNativeMethod()
                && (WAITING.stream().anyMatch(method::startsWith)
                        || INPUT_OUTPUT.stream().anyMatch(method::startsWith));
    }

    /** Whether this is a class of the root package or of the internals: these use the fields of a cache. */
    static boolean isOurs(String className) {
        return className.startsWith(INTERNALS)
                || className.startsWith(FRONT_DOOR) && className.indexOf('.', FRONT_DOOR.length()) < 0;
    }
}
