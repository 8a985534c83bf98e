package io.slabcache;

import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.jmx.CacheBeans;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All open caches of this JVM, as snapshots. For any thread; keeps no cache reachable.
 *
 * <pre>{@code
 * log.info("{}", SlabCaches.table());
 * SlabCaches.all().forEach(stats -> log.info("{}: {} bytes", stats.name(), stats.reservedBytes()));
 * }</pre>
 *
 * <p>Caches that another class loader made with its own copy of this library are not included.
 */
public final class SlabCaches {
    private static final int LONGEST_NAME = 20;

    /** 80 columns, as long as no number is out of the ordinary. */
    private static final String ROW = "%-20s %6s %8s %9s %9s %10s %12s%n";

    private SlabCaches() {}

    /**
     * Returns a snapshot of each open cache. A cache that is opened or closed meanwhile may be missing or present.
     *
     * @return in the order in which the caches were built; the caller may change the list
     */
    public static List<SlabCacheStats> all() {
        List<SlabCacheStats> all = new ArrayList<>();
        for (OpenCache cache : CacheRegistry.open()) {
            SlabCacheStats stats = cache.stats();
            // Asked last, because the figures of a closed cache are 0.
            if (cache.isOpen()) {
                all.add(stats);
            }
        }
        return all;
    }

    /**
     * Returns the main figures of all open caches as a table for logs, the cache with the most memory first. {@code
     * stats().toString()} shows all figures of one cache.
     *
     * @return a heading, and a line of at most about 80 characters for each cache
     */
    public static String table() {
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, ROW, "cache", "id", "size", "live", "cached", "total", "reserved"));
        all().stream()
                .sorted(Comparator.comparingLong(SlabCacheStats::reservedBytes).reversed())
                .forEach(stats -> table.append(row(stats)));
        return table.toString();
    }

    private static String row(SlabCacheStats stats) {
        return String.format(
                Locale.ROOT,
                ROW,
                shown(stats.name()),
                stats.id(),
                stats.objectSize(),
                stats.liveObjects(),
                stats.cachedObjects(),
                stats.totalObjects(),
                stats.reservedBytes());
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_NAME ? printable : printable.substring(0, LONGEST_NAME - 1) + "…";
    }

    /**
     * Registers a {@link io.slabcache.diagnostics.SlabCacheMXBean} for each open cache, and for each one that opens
     * later, on the platform's server of beans. A cache that closes takes its bean away. {@code -Dslabcache.jmx=true} does
     * the same. Does nothing the second time.
     *
     * <p>The bean of a cache {@code orders} is {@code io.slabcache:type=SlabCache,name=orders}. If there is a bean of that
     * name already, {@code ,id=} and the number of the cache are added. A name with a comma, a colon, a quotation mark,
     * {@code =}, {@code *} or {@code ?} is quoted as {@link javax.management.ObjectName#quote} does it.
     */
    public static void registerBeans() {
        CacheBeans.register();
    }

    /** {@return an array in JSON with {@link SlabCacheStats#toJson} of each open cache} */
    public static String toJson() {
        return all().stream().map(SlabCacheStats::toJson).collect(Collectors.joining(",", "[", "]"));
    }
}
