package io.slabcache.junit;

import io.slabcache.audit.Leak;
import java.util.List;
import java.util.stream.Collectors;

/** Describes the leaks of a test for its author. */
final class LeakText {
    private LeakText() {}

    static String of(String test, List<Leak> leaks) {
        return "'" + test + "' leaks:\n" + leaks.stream().map(LeakText::of).collect(Collectors.joining("\n"));
    }

    private static String of(Leak leak) {
        return leak.cache() + " " + what(leak)
                + leak.allocations().entrySet().stream()
                        .map(allocation -> place(allocation.getValue(), allocation.getKey()))
                        .collect(Collectors.joining())
                + unknown(leak);
    }

    private static String what(Leak leak) {
        long live = leak.liveObjects();
        if (!leak.leftOpen()) {
            return "has " + objects(live) + " more live than before";
        }
        return "was left open" + (live == 0 ? "" : ", with " + objects(live) + " live")
                + "; close it, or name it in @NoLeaks(mayStayOpen = …) if it is meant to outlive the test";
    }

    private static String place(long count, List<StackTraceElement> stack) {
        return "\n  " + objects(count) + " allocated"
                + stack.stream()
                        .takeWhile(frame -> !frame.getClassName().startsWith("org.junit."))
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    private static String unknown(Leak leak) {
        long known =
                leak.allocations().values().stream().mapToLong(Long::longValue).sum();
        long rest = leak.liveObjects() - known;
        return rest <= 0
                ? ""
                : "\n  " + objects(rest)
                        + " allocated at an unknown place: the cache is older than the test and not tracked";
    }

    private static String objects(long count) {
        return count == 1 ? "1 object" : count + " objects";
    }
}
