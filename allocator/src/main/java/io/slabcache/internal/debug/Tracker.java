package io.slabcache.internal.debug;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Makes {@link Track}s of the calling thread. Equal stacks are kept once: a program has few of them. */
final class Tracker {
    private static final int DEEPEST = 16;
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final InstantSource clock;
    private final ConcurrentMap<List<StackTraceElement>, List<StackTraceElement>> stacks = new ConcurrentHashMap<>();

    Tracker(InstantSource clock) {
        this.clock = clock;
    }

    Track track() {
        Thread thread = Thread.currentThread();
        return new Track(thread.getName(), thread.threadId(), now(), stack());
    }

    Instant now() {
        return clock.instant();
    }

    private List<StackTraceElement> stack() {
        List<StackTraceElement> stack = WALKER.walk(frames -> frames.dropWhile(Tracker::isOurs)
                .limit(DEEPEST)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
        List<StackTraceElement> known = stacks.putIfAbsent(stack, stack);
        return known != null ? known : stack;
    }

    private static boolean isOurs(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return packageName.equals("io.slabcache") || packageName.startsWith("io.slabcache.internal.");
    }
}
