package io.slabcache.tests.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the house is built. A file breaks a rule, or it does not; there is nothing to weigh. */
final class Rules {
    static final int MOST_LINES = 300;

    /** From the ground up: a package uses only those before it. So no cycle can be. */
    static final List<String> LAYERS = List.of(
            "io.slabcache.internal.util",
            "io.slabcache.internal.stats",
            "io.slabcache.memory",
            "io.slabcache.internal.slab",
            "io.slabcache.internal.magazine",
            "io.slabcache.internal.debug",
            "io.slabcache",
            "io.slabcache.audit");

    /** Files that may be longer, each with the reason. */
    static final Map<String, String> MAY_BE_LONGER = Map.of();

    private static final Set<String> FORBIDDEN = Set.of("sun.misc.", "jdk.internal.", "sun.nio.");

    private Rules() {}

    static List<String> violations(List<SourceFile> files) {
        List<String> found = new ArrayList<>();
        for (SourceFile file : files) {
            checkLines(file, found);
            checkForbidden(file, found);
            checkLayers(file, found);
        }
        return found;
    }

    private static void checkLines(SourceFile file, List<String> found) {
        if (file.lines() > MOST_LINES && !MAY_BE_LONGER.containsKey(file.name())) {
            found.add(file.name() + " has " + file.lines() + " lines");
        }
    }

    private static void checkForbidden(SourceFile file, List<String> found) {
        for (String reference : file.references()) {
            if (FORBIDDEN.stream().anyMatch(reference::startsWith)) {
                found.add(file.name() + " uses " + reference);
            }
        }
    }

    private static void checkLayers(SourceFile file, List<String> found) {
        if (file.packageName().isEmpty()) {
            return;
        }
        int layer = layer(file.packageName());
        if (layer < 0) {
            found.add(file.name() + " is in no layer");
            return;
        }
        for (String used : file.usedPackages()) {
            int below = layer(used);
            if (below < 0 || below >= layer) {
                found.add(file.name() + " uses " + used);
            }
        }
    }

    /** Edges to other libraries stand on top, side by side. */
    private static int layer(String packageName) {
        int place = LAYERS.indexOf(packageName);
        boolean isEdge = place < 0 && packageName.matches("io\\.slabcache\\.(?!internal\\b|memory\\b)\\w+");
        return isEdge ? LAYERS.size() : place;
    }
}
