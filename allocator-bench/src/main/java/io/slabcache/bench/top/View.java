package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheSample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the user has chosen to see.
 *
 * @param sort column by which the caches are in order
 * @param reversed whether in the opposite order
 * @param filter part of a cache's name, in any case; empty for all
 */
record View(Column sort, boolean reversed, String filter) {

    static final View INITIAL = new View(Column.MEMORY, false, "");

    View sortedBy(Column column) {
        return new View(column, false, filter);
    }

    View inOppositeOrder() {
        return new View(sort, !reversed, filter);
    }

    View filteredBy(String text) {
        return new View(sort, reversed, text);
    }

    /** Returns the caches to be shown, in order. */
    List<CacheSample> of(List<CacheSample> caches) {
        String part = filter.toLowerCase(Locale.ROOT);
        Comparator<CacheSample> order = reversed ? sort.order().reversed() : sort.order();
        return caches.stream()
                .filter(cache -> cache.name().toLowerCase(Locale.ROOT).contains(part))
                .sorted(order)
                .toList();
    }
}
