package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.ObjectTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The end of an allocator: of its classes and of its large objects. */
public final class AllocatorClosing {
    private static final int MOST_SAMPLES = 8;

    private final ClassCaches classes;
    private final LargeObjects large;
    private final LargeLeaks largeLeaks;

    AllocatorClosing(ClassCaches classes, LargeObjects large, LargeLeaks largeLeaks) {
        this.classes = classes;
        this.large = large;
        this.largeLeaks = largeLeaks;
    }

    /** Closes the allocator if no object is live. */
    public void close() {
        if (classes.isClosed()) {
            // Some memory may be left that a native call still used.
            closeNow();
            return;
        }
        largeLeaks.report();
        LiveObjectsException refused = refusal();
        if (refused != null) {
            throw refused;
        }
        if (!large.tryToSeal()) {
            throw refusalOrElse(0);
        }
        try {
            classes.close();
        } finally {
            if (classes.isClosed()) {
                large.close();
            } else {
                large.unseal();
            }
        }
    }

    /** Closes the allocator even if objects are live. */
    public void closeNow() {
        large.close();
        classes.closeNow();
    }

    private @Nullable LiveObjectsException refusal() {
        return classes.live() + large.liveObjects() == 0 ? null : refusalOrElse(1);
    }

    private LiveObjectsException refusalOrElse(long atLeast) {
        List<LiveObjectsException> ofClasses = classes.liveObjects();
        List<Long> samples = new ArrayList<>();
        List<ObjectTrace> traces = new ArrayList<>(large.allocations());
        long live = large.liveObjects();
        for (LiveObjectsException each : ofClasses) {
            live += each.liveObjects();
            for (long address : each.sampleAddresses()) {
                samples.add(address);
            }
            traces.addAll(each.allocTraces());
        }
        for (long address : large.samples()) {
            samples.add(address);
        }
        String bySize = classes.stats().stream()
                .filter(stats -> stats.liveObjects() > 0)
                .map(stats -> stats.liveObjects() + " of " + stats.objectSize() + " bytes")
                .collect(Collectors.joining(", ", "; in classes: ", ""));
        return new LiveObjectsException(
                classes.toString(),
                Math.max(live, atLeast),
                samples.stream().mapToLong(Long::longValue).limit(MOST_SAMPLES).toArray(),
                traces,
                bySize);
    }
}
