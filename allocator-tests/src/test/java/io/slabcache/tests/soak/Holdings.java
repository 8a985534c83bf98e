package io.slabcache.tests.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The live objects of one worker; its successor inherits them. */
final class Holdings {
    private final Map<Target, List<Held>> byTarget = new HashMap<>();

    void add(Held held) {
        of(held.target()).add(held);
    }

    int count(Target target) {
        return of(target).size();
    }

    /** Removes a random one of a cache; returns null if there is none. */
    Held remove(Target target, SplittableRandom random) {
        List<Held> held = of(target);
        if (held.isEmpty()) {
            return null;
        }
        int place = random.nextInt(held.size());
        Held last = held.removeLast();
        return place == held.size() ? last : held.set(place, last);
    }

    List<Held> removeAll(Target target) {
        List<Held> held = byTarget.remove(target);
        return held == null ? List.of() : held;
    }

    List<Held> all() {
        return byTarget.values().stream().flatMap(List::stream).toList();
    }

    private List<Held> of(Target target) {
        return byTarget.computeIfAbsent(target, t -> new ArrayList<>());
    }
}
