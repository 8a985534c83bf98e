package io.slabcache.internal.config;

import io.slabcache.diagnostics.AllocationFaults;
import io.slabcache.diagnostics.Debug;
import io.slabcache.internal.debug.DebugOptions;
import io.slabcache.internal.registry.Audit;
import io.slabcache.internal.util.Log;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How one cache is debugged: the builder's choice, with additions by system properties and by an {@link Audit}.
 *
 * @param chosen ways to debug
 * @param origins the sources of the choice, in words; without an audit, whose author knows
 * @param faults which allocations fail
 * @param hasConstructor whether poison would destroy a constructor's work
 */
public record DebugPlan(
        Set<Debug> chosen, List<String> origins, Optional<AllocationFaults> faults, boolean hasConstructor) {
    /** The plan of guarded objects; their options are fixed elsewhere. */
    public static DebugPlan ofGuarded(boolean hasConstructor) {
        return new DebugPlan(Set.of(), List.of(), Optional.empty(), hasConstructor);
    }

    /** The plan of a cache; empty if it is not debugged. */
    public static DebugPlan of(CacheSettings settings) {
        String cache = settings.name();
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        List<String> origins = new ArrayList<>();
        add(chosen, origins, settings.debug(), "its builder");
        Set<Debug> asked = DebugLetters.ways(DebugRequests.letters(cache, DebugLetters.all()));
        add(chosen, origins, asked, "-D" + Property.DEBUG.key());
        LeakPlan leaks = LeakPlan.byProperty();
        if (leaks != null && leaks.isParanoid()) {
            add(chosen, origins, Set.of(Debug.TRACKING), "-D" + Property.LEAKS.key());
        }
        if (Audit.isGoingOn()) {
            chosen.add(Debug.TRACKING);
        }
        Optional<AllocationFaults> faults = settings.faults();
        if (faults.isPresent()) {
            add(chosen, origins, Set.of(Debug.FAULTS), "its builder's faults");
        } else if (chosen.contains(Debug.FAULTS)) {
            faults = Optional.ofNullable(DebugRequests.faults());
        }
        boolean hasConstructor = settings.constructor().isPresent();
        if (chosen.contains(Debug.POISON) && hasConstructor) {
            Log.once("cache '" + cache + "' has a constructor, whose work poison would destroy: its free objects wait"
                    + " in quarantine, but are not poisoned");
        }
        return new DebugPlan(chosen, List.copyOf(origins), faults, hasConstructor);
    }

    private static void add(Set<Debug> chosen, List<String> origins, Set<Debug> more, String origin) {
        if (!more.isEmpty()) {
            origins.add(DebugLetters.of(more) + " by " + origin);
            chosen.addAll(more);
        }
    }

    /** Logs how a new cache is debugged. */
    public void announce(String cache) {
        if (!origins.isEmpty()) {
            Log.say(
                    System.Logger.Level.INFO,
                    cache + " is debugged: " + String.join(", ", origins)
                            + "; it has no magazines, and each call takes a microsecond or more");
        }
    }

    public boolean isEmpty() {
        return chosen.isEmpty();
    }

    public boolean isTraced() {
        return chosen.contains(Debug.TRACE);
    }

    /** The debug layer's options, for objects of one size. */
    public DebugOptions options(CacheSettings settings) {
        boolean isPoisoned = chosen.contains(Debug.POISON);
        boolean isRedzoned = chosen.contains(Debug.REDZONES);
        if (isRedzoned && !DebugOptions.haveRoomForRedzones(settings.objectSize(), settings.alignment())) {
            Log.once("cache '" + settings.name() + "' has no redzones: with them its objects of "
                    + settings.objectSize() + " bytes would be larger than 2^30 bytes");
            isRedzoned = false;
        }
        return new DebugOptions(
                chosen.contains(Debug.SANITY),
                isRedzoned,
                isPoisoned && !hasConstructor,
                isPoisoned,
                chosen.contains(Debug.TRACKING));
    }
}
