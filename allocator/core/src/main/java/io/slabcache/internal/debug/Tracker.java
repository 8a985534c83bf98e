package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Makes {@link ObjectTrack}s of the calling thread. Equal stacks are shared, because most programs have few different
 * ones. The memory for shared stacks is bounded.
 */
public final class Tracker {
    static final int MOST_STACKS = 4096;

    private static final int DEEPEST = 16;
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final InstantSource clock;
    private final ConcurrentMap<List<StackTraceElement>, List<StackTraceElement>> stacks = new ConcurrentHashMap<>();

    public Tracker(InstantSource clock) {
        this.clock = clock;
    }

    public ObjectTrack track() {
        Thread thread = Thread.currentThread();
        return new ObjectTrack(thread.getName(), thread.threadId(), now(), stack());
    }

    public Instant now() {
        return clock.instant();
    }

    /** The stack of the calling thread, from the caller of this library on. */
    public static List<StackTraceElement> callers() {
        return WALKER.walk(frames -> frames.dropWhile(Tracker::isOurs)
                .limit(DEEPEST)
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toList());
    }

    private List<StackTraceElement> stack() {
        // Immutable, so that all tracks of one stack share this list without copies.
        List<StackTraceElement> stack = List.copyOf(callers());
        if (stacks.size() >= MOST_STACKS) {
            stacks.clear();
        }
        List<StackTraceElement> known = stacks.putIfAbsent(stack, stack);
        return known != null ? known : stack;
    }

    /** The number of stacks kept here. */
    int known() {
        return stacks.size();
    }

    private static boolean isOurs(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        return packageName.equals("io.slabcache") || packageName.startsWith("io.slabcache.internal.");
    }
}
