package io.slabcache.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of all open caches, those that open later included. They hold no cache reachable, and the meters of a cache that
 * closes go.
 *
 * <pre>{@code
 * new SlabCacheMetrics().bindTo(registry);
 * }</pre>
 *
 * <p>Each meter has the tags {@code cache}, the name of the cache, and {@code id}, its number, because two caches may share
 * a name. All meters of one scrape, within a tenth of a second, show the same snapshot. There is no thread: reading any
 * meter looks for new caches, so a cache shows up in the next scrape but one at the latest.
 *
 * <table>
 *   <caption>Meters; Prometheus shows {@code slabcache.objects} as {@code slabcache_objects}</caption>
 *   <tr><th>name</th><th>kind</th><th>unit</th></tr>
 *   <tr><td>{@code slabcache.caches}</td><td>gauge, without a cache</td><td>caches</td></tr>
 *   <tr><td>{@code slabcache.objects}, tag {@code state}: live, cached, free</td><td>gauge</td><td>objects</td></tr>
 *   <tr><td>{@code slabcache.objects.max}, for a bounded cache</td><td>gauge</td><td>objects</td></tr>
 *   <tr><td>{@code slabcache.object.size}</td><td>gauge</td><td>bytes</td></tr>
 *   <tr><td>{@code slabcache.memory.reserved}, {@code slabcache.memory.heap}</td><td>gauge</td><td>bytes</td></tr>
 *   <tr><td>{@code slabcache.slabs}, {@code slabcache.thread.caches}</td><td>gauge</td><td></td></tr>
 *   <tr><td>{@code slabcache.allocations}, {@code .frees}, {@code .refills}, {@code .flushes}, {@code .depot.gets},
 *   {@code .depot.puts}, {@code .contended.locks}, {@code .exhaustions}, {@code .misuses}, {@code .leaks}</td>
 *   <td>counter</td><td></td></tr>
 *   <tr><td>{@code slabcache.slow}, tag {@code step}: refill, flush, growth, growthStall, shrink, lockWait</td>
 *   <td>timer: count and sum</td><td>time</td></tr>
 *   <tr><td>{@code slabcache.slow.longest}, tag {@code step}</td><td>gauge</td><td>time</td></tr>
 * </table>
 *
 * <p>For any thread.
 */
public final class SlabCacheMetrics implements MeterBinder {
    private final Tags tags;

    /** Makes meters with no other tags. */
    public SlabCacheMetrics() {
        this(Tags.empty());
    }

    /**
     * Makes meters with tags.
     *
     * @param tags of all meters
     */
    public SlabCacheMetrics(Iterable<Tag> tags) {
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        OpenCaches caches = new OpenCaches(registry, tags);
        Gauge.builder("slabcache.caches", caches, OpenCaches::count)
                .description("Open caches")
                .baseUnit("caches")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        caches.count();
    }
}
