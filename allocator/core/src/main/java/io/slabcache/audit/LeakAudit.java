package io.slabcache.audit;

import io.slabcache.internal.registry.Audit;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the live objects of all caches of this JVM at two moments, for tests. JUnit tests use {@code @NoLeaks} of
 * the artifact {@code slabcache-junit}, which is built on this class. Other test frameworks can use it in the same way:
 *
 * <pre>{@code
 * LeakAudit audit = LeakAudit.begin();
 * runTheTest();
 * List<Leak> leaks = audit.end(cache -> false);
 * }</pre>
 *
 * <p>Caches built during an audit are debugged with {@link io.slabcache.diagnostics.Debug#TRACKING}, so that a leak
 * names the place of its allocations. The objects of all threads count, so no other code should use caches meanwhile.
 *
 * <p>Threads: different threads may begin and end an audit, but not use it concurrently.
 */
public final class LeakAudit {
    /** The enclosing audit, or null. */
    private final @Nullable LeakAudit around;

    private final Audit audit = Audit.begin();

    /** Caches older than the audit, or reported by an inner one. */
    private final Set<OpenCache> mayStayOpen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What each older cache held at the beginning. An absent cache is new and held nothing. */
    private final Map<OpenCache, Holding> before = new IdentityHashMap<>();

    private boolean ended;

    private LeakAudit(@Nullable LeakAudit around) {
        this.around = around;
        for (OpenCache cache : CacheRegistry.open()) {
            mayStayOpen.add(cache);
            before.put(cache, Holding.of(cache));
        }
    }

    /**
     * Begins an audit.
     *
     * @return an audit that runs until {@link #end} is called, which has to be called once
     */
    public static LeakAudit begin() {
        return new LeakAudit(null);
    }

    /**
     * Begins an audit of a part, for example of one test of a class. A leak of the part is reported by the part's
     * audit, and not again by this one.
     *
     * @return an audit that has to end before this one
     */
    public LeakAudit beginPart() {
        return new LeakAudit(this);
    }

    /**
     * Ends the audit.
     *
     * @param mayStayOpen whether a cache of this name that was built meanwhile may stay open; its objects count
     *     nevertheless
     * @return one leak for each cache that holds more live objects than before or was left open, ordered by name
     * @throws IllegalStateException if the audit has ended before
     */
    public List<Leak> end(Predicate<String> mayStayOpen) {
        if (ended) {
            throw new IllegalStateException("this audit has ended before; begin another one");
        }
        ended = true;
        audit.close();
        Set<OpenCache> caches = Collections.newSetFromMap(new IdentityHashMap<>());
        caches.addAll(before.keySet());
        caches.addAll(audit.built());
        List<Leak> leaks = new ArrayList<>();
        caches.stream()
                .filter(OpenCache::isOpen)
                .forEach(cache -> leakOf(cache, mayStayOpen.test(cache.name())).ifPresent(leaks::add));
        leaks.sort(Comparator.comparing(Leak::cache));
        return leaks;
    }

    private Optional<Leak> leakOf(OpenCache cache, boolean isMeantToStay) {
        boolean isNew = !mayStayOpen.contains(cache);
        Holding excess = Holding.of(cache).minus(before.getOrDefault(cache, Holding.NOTHING));
        for (LeakAudit outer = around; outer != null; outer = outer.around) {
            outer.forgive(cache, excess, isNew);
        }
        boolean leftOpen = isNew && !isMeantToStay;
        return leftOpen || excess.liveObjects() > 0
                ? Optional.of(new Leak(cache.toString(), leftOpen, excess.liveObjects(), excess.allocations()))
                : Optional.empty();
    }

    private void forgive(OpenCache cache, Holding excess, boolean isNew) {
        before.merge(cache, excess, Holding::plus);
        if (isNew) {
            mayStayOpen.add(cache);
        }
    }
}
