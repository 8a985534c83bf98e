package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.slab.Gate;
import io.slabcache.internal.util.StackReserve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The end of an allocator: of its classes and of its large objects. */
public final class AllocatorClosing {
    private static final int MOST_SAMPLES = 8;

    /** A close gives up if other threads have made classes anew so often. */
    private static final int MOST_ROUNDS = 32;

    /** In stack reserves: enough to decide. */
    private static final int CLOSING = 8;

    private final Gate gate;
    private final ClassCaches classes;
    private final LargeObjects large;
    private final LargeLeaks largeLeaks;

    AllocatorClosing(Gate gate, ClassCaches classes, LargeObjects large, LargeLeaks largeLeaks) {
        this.gate = gate;
        this.classes = classes;
        this.large = large;
        this.largeLeaks = largeLeaks;
    }

    /**
     * Closes the allocator if no object is live. Until the end all calls of other threads go on: no class is sealed longer
     * than it takes to count its objects, and the allocator no longer than it takes to see that it has neither classes nor
     * large objects.
     */
    public void close() {
        StackReserve.claimForFirstUse();
        if (gate.isOpen()) {
            largeLeaks.report();
        }
        IllegalStateException failure = classes.finish();
        for (int round = 1; gate.isOpen(); round++) {
            LiveObjectsException refused = refusal();
            if (refused != null) {
                throw refused;
            }
            failure = ClassCaches.first(failure, closeClasses());
            if (!decide(false) && round == MOST_ROUNDS) {
                throw refusalOrElse(1);
            }
        }
        end(failure);
    }

    /** A class with live objects refuses if a count was not sure of them before. */
    private @Nullable IllegalStateException closeClasses() {
        try {
            return classes.close();
        } catch (LiveObjectsException e) {
            throw refusalOrElse(e.liveObjects());
        }
    }

    /** Closes the allocator even if objects are live. */
    public void closeNow() {
        StackReserve.claimForFirstUse();
        decide(true);
        end(ClassCaches.first(classes.finish(), classes.closeNow()));
    }

    /** Closes the allocator if it is empty, or anyway; returns whether it is closed. */
    private boolean decide(boolean anyway) {
        while (gate.isOpen()) {
            StackReserve.claim(CLOSING);
            if (gate.trySeal() && !decideWhileSealed(anyway)) {
                return false;
            }
        }
        return true;
    }

    private boolean decideWhileSealed(boolean anyway) {
        boolean closed = false;
        try {
            closed = anyway || classes.isEmpty() && large.isEmpty();
            return closed;
        } finally {
            gate.decide(closed);
        }
    }

    private void end(@Nullable IllegalStateException failure) {
        large.close();
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable LiveObjectsException refusal() {
        return classes.isAnySurelyLive() || large.liveObjects() > 0 ? refusalOrElse(1) : null;
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
        Stream<String> bySize = classes.stats().stream()
                .filter(stats -> stats.liveObjects() > 0)
                .map(stats -> stats.liveObjects() + " of " + stats.objectSize() + " bytes");
        Stream<String> larger =
                Stream.of(large.liveObjects()).filter(count -> count > 0).map(count -> count + " larger ones");
        String all = Stream.concat(bySize, larger).collect(Collectors.joining(", "));
        return new LiveObjectsException(
                classes.toString(),
                Math.max(live, atLeast),
                samples.stream().mapToLong(Long::longValue).limit(MOST_SAMPLES).toArray(),
                traces,
                all.isEmpty() ? "" : "; by class: " + all);
    }
}
