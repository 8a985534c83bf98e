package io.slabcache;

import io.slabcache.internal.debug.Audit;
import io.slabcache.internal.debug.DebugOptions;
import io.slabcache.internal.debug.DebugProperty;
import io.slabcache.internal.debug.FaultPlan;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How one cache is debugged: what its builder asks for and what the system properties and
 * an {@link Audit} add. A property that is wrong is
 * complained about once, and changes nothing.
 *
 * @param chosen ways to debug
 * @param faults which allocations fail, or {@code null}
 * @param hasConstructor whether objects keep contents that poison would destroy
 */
record DebugPlan(Set<Debug> chosen, FaultPlan faults, boolean hasConstructor) {
    static final String PROPERTY = "slabcache.debug";
    static final String FAULTS_PROPERTY = "slabcache.debug.faults";

    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    /** What was logged. */
    private static final Set<String> COMPLAINTS = ConcurrentHashMap.newKeySet();

    static DebugPlan of(String cache, Set<Debug> byBuilder, FaultPlan faultsByBuilder, boolean hasConstructor) {
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        chosen.addAll(byBuilder);
        chosen.addAll(byProperty(cache));
        LeakPlan leaks = LeakPlan.byProperty();
        if (Audit.isGoingOn() || leaks != null && leaks.isParanoid()) {
            chosen.add(Debug.TRACKING);
        }
        FaultPlan faults = null;
        if (chosen.contains(Debug.FAULTS) || faultsByBuilder != null) {
            chosen.add(Debug.FAULTS);
            faults = faultsByBuilder != null ? faultsByBuilder : faultsByProperty();
        }
        if (chosen.contains(Debug.POISON) && hasConstructor) {
            complain("cache '" + cache + "' has a constructor, whose work poison would destroy: its free objects wait"
                    + " in quarantine, but are not poisoned");
        }
        return new DebugPlan(chosen, faults, hasConstructor);
    }

    private static Set<Debug> byProperty(String cache) {
        Set<Debug> chosen = EnumSet.noneOf(Debug.class);
        String value = System.getProperty(PROPERTY);
        if (value != null) {
            DebugProperty property = new DebugProperty(value, Debug.letters());
            property.complaints().forEach(complaint -> complain(PROPERTY + ": " + complaint));
            String letters = property.letters(cache);
            for (Debug debug : Debug.values()) {
                if (letters.indexOf(debug.letter()) >= 0) {
                    chosen.add(debug);
                }
            }
        }
        return chosen;
    }

    private static FaultPlan faultsByProperty() {
        String value = System.getProperty(FAULTS_PROPERTY);
        try {
            return value == null ? FaultPlan.DEFAULT : FaultPlan.parse(value);
        } catch (IllegalArgumentException e) {
            complain(FAULTS_PROPERTY + ": " + e.getMessage() + "; no allocation fails");
            return null;
        }
    }

    static void complain(String complaint) {
        if (COMPLAINTS.add(complaint)) {
            LOGGER.log(System.Logger.Level.WARNING, complaint);
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
            complain("cache '" + cache + "' has no redzones: with them its objects of " + objectSize
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
