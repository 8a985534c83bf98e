package io.slabcache.internal.registry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.magazine.MagazineHolder;
import io.slabcache.internal.util.Collector;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * The registry and the cleaner do not keep a cache reachable; the text that they log about it must not refer to it
 * either.
 */
class AbandonmentTest {
    private static final class Fake implements OpenCache {
        private final long bytes = System.nanoTime();

        private final long id = CacheIdentity.next("fake").id();

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public boolean covers(long address) {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public SlabCacheStats stats() {
            return new SlabCacheStats("fake", 1, Map.of());
        }

        @Override
        public void inviteSample() {}

        @Override
        public List<LiveSample> liveSamples() {
            return List.of();
        }

        @Override
        public List<MagazineHolder> holders() {
            return List.of();
        }

        @Override
        public List<ObjectTrace> allocations() {
            return List.of();
        }
    }

    private static WeakReference<OpenCache> abandon(Function<Fake, LongSupplier> bytes) {
        Fake cache = new Fake();
        CacheRegistry.add(cache, Abandonment.of(CacheIdentity.next("fake"), bytes.apply(cache), false));
        return new WeakReference<>(cache);
    }

    @Test
    void aCacheIsCollected() {
        assertTrue(Collector.clears(abandon(cache -> () -> 0)));
    }

    @Test
    void aFigureThatRefersToTheCacheIsCaught() {
        assertFalse(Collector.clears(abandon(cache -> () -> cache.bytes)));
    }
}
