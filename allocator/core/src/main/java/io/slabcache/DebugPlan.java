package io.slabcache;

import io.slabcache.internal.debug.Audit;
import io.slabcache.internal.debug.DebugOptions;
import io.slabcache.internal.debug.DebugRequests;
import io.slabcache.internal.debug.FaultPlan;
import io.slabcache.internal.debug.Log;
import io.slabcache.internal.debug.Property;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How one cache is debugged: what its builder asks for and what the system properties and an {@link Audit} add.
 *
 * @param chosen ways to debug
 * @param origins who has chosen what, in words; not an audit, whose author knows
 * @param faults which allocations fail, or {@code null}
 * @param hasConstructor whether objects keep contents that poison would destroy
 */
record DebugPlan(Set<Debug> chosen, List<String> origins, FaultPlan faults, boolean hasConstructor) {
    static DebugPlan of(String cache, Set<Debug> byBuilder, FaultPlan faultsByBuilder, boolean hasConstructor) {
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        List<String> origins = new ArrayList<>();
        add(chosen, origins, byBuilder, "its builder");
        add(chosen, origins, Debug.of(DebugRequests.letters(cache, Debug.letters())), "-D" + Property.DEBUG.key());
        LeakPlan leaks = LeakPlan.byProperty();
        if (leaks != null && leaks.isParanoid()) {
            add(chosen, origins, Set.of(Debug.TRACKING), "-D" + Property.LEAKS.key());
        }
        if (Audit.isGoingOn()) {
            chosen.add(Debug.TRACKING);
        }
        FaultPlan faults = faultsByBuilder;
        if (faultsByBuilder != null) {
            add(chosen, origins, Set.of(Debug.FAULTS), "its builder's faults");
        } else if (chosen.contains(Debug.FAULTS)) {
            faults = DebugRequests.faults();
        }
        if (chosen.contains(Debug.POISON) && hasConstructor) {
            Log.once("cache '" + cache + "' has a constructor, whose work poison would destroy: its free objects wait"
                    + " in quarantine, but are not poisoned");
        }
        return new DebugPlan(chosen, List.copyOf(origins), faults, hasConstructor);
    }

    private static void add(Set<Debug> chosen, List<String> origins, Set<Debug> more, String origin) {
        if (!more.isEmpty()) {
            origins.add(Debug.letters(more) + " by " + origin);
            chosen.addAll(more);
        }
    }

    /** Says of a cache that was built how it is debugged. */
    void announce(Engine engine) {
        if (!origins.isEmpty()) {
            Log.say(
                    System.Logger.Level.INFO,
                    engine + " is debugged: " + String.join(", ", origins)
                            + "; it has no magazines, and each call takes a microsecond or more");
        }
    }

    boolean isEmpty() {
        return chosen.isEmpty();
    }

    boolean isTraced() {
        return chosen.contains(Debug.TRACE);
    }

    /** The layer's part of the plan, for objects of one size. */
    DebugOptions options(String cache, long objectSize, long alignment) {
        boolean isPoisoned = chosen.contains(Debug.POISON);
        boolean isRedzoned = chosen.contains(Debug.REDZONES);
        if (isRedzoned && !DebugOptions.haveRoomForRedzones(objectSize, alignment)) {
            Log.once("cache '" + cache + "' has no redzones: with them its objects of " + objectSize
                    + " bytes would be larger than 2^30 bytes");
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
