package io.slabcache.junit;

import io.slabcache.internal.debug.Audit;
import io.slabcache.internal.debug.CacheRegistry;
import io.slabcache.internal.debug.OpenCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is live when a test, or a class of tests, begins. One thread at a time: JUnit's. */
final class Baseline {
    /** That of the class around, or null. */
    private final Baseline around;

    private final Audit audit = Audit.begin();

    /** Caches that were there before, or that somebody has been blamed for. */
    private final Set<OpenCache> mayStayOpen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What they held then; other caches are new and held nothing. */
    private final Map<OpenCache, Holding> before = new IdentityHashMap<>();

    Baseline(Baseline around) {
        this.around = around;
        for (OpenCache cache : CacheRegistry.open()) {
            mayStayOpen.add(cache);
            before.put(cache, Holding.of(cache));
        }
    }

    /** What is live now, in excess of that, cache by cache; nothing around will hear of it again. */
    List<Leak> end() {
        audit.close();
        Set<OpenCache> caches = Collections.newSetFromMap(new IdentityHashMap<>());
        caches.addAll(before.keySet());
        caches.addAll(audit.built());
        List<Leak> leaks = new ArrayList<>();
        caches.forEach(cache -> leakOf(cache).ifPresent(leaks::add));
        leaks.sort(Comparator.comparing(Leak::cache));
        return leaks;
    }

    private Optional<Leak> leakOf(OpenCache cache) {
        if (!cache.isOpen()) {
            return Optional.empty();
        }
        boolean wasLeftOpen = !mayStayOpen.contains(cache);
        Holding then = before.getOrDefault(cache, Holding.NOTHING);
        Holding now = Holding.of(cache);
        Holding excess = now.minus(then);
        if (!wasLeftOpen && excess.liveObjects() == 0) {
            return Optional.empty();
        }
        for (Baseline outer = around; outer != null; outer = outer.around) {
            outer.forgive(cache, excess, wasLeftOpen);
        }
        return Optional.of(new Leak(cache.toString(), wasLeftOpen, excess));
    }

    private void forgive(OpenCache cache, Holding excess, boolean wasLeftOpen) {
        before.merge(cache, excess, Holding::plus);
        if (wasLeftOpen) {
            mayStayOpen.add(cache);
        }
    }
}
