package io.slabcache.internal.debug;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Makes {@link Track}s of the calling thread. Equal stacks are kept once, for most programs have few of them; for those
 * which have many, the memory that this takes is bounded.
 */
final class Tracker {
    static final int MOST_STACKS = 4096;

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

    /** The stack of the calling thread, from the caller of this library on. */
    static List<StackTraceElement> callers() {
        return WALKER.walk(frames -> frames.dropWhile(Tracker::isOurs)
                .limit(DEEPEST)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
    }

    private List<StackTraceElement> stack() {
        List<StackTraceElement> stack = callers();
        if (stacks.size() >= MOST_STACKS) {
            stacks.clear();
        }
        List<StackTraceElement> known = stacks.putIfAbsent(stack, stack);
        return known != null ? known : stack;
    }

    /** How many stacks are kept beyond the tracks that refer to them. */
    int known() {
        return stacks.size();
    }

    private static boolean isOurs(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return packageName.equals("io.slabcache") || packageName.startsWith("io.slabcache.internal.");
    }
}
