package io.slabcache.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.magazine.MagazineHolder;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An audit records the caches that are built while it is open, and keeps them reachable. The registry finds the open
 * cache that owns an address.
 */
class AuditTest {
    private static final long FAR_AWAY = -4096;

    private record Fake(String name, long id, long address) implements OpenCache {
        Fake(String name, long address) {
            this(name, CacheIdentity.next(name).id(), address);
        }

        @Override
        public boolean covers(long address) {
            return address == this.address;
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

    private static void add(OpenCache cache) {
        CacheRegistry.add(cache, Abandonment.of(CacheIdentity.next(cache.name()), () -> 0, false));
    }

    @Test
    void recordsTheCachesBuiltWhileItIsOpen() {
        OpenCache early = new Fake("early", 1);
        OpenCache first = new Fake("first", 2);
        OpenCache second = new Fake("second", 3);
        OpenCache late = new Fake("late", 4);
        assertFalse(Audit.isGoingOn());
        add(early);
        Audit outer = Audit.begin();
        add(first);
        Audit inner = Audit.begin();
        add(second);
        inner.close();
        assertTrue(Audit.isGoingOn());
        outer.close();
        add(late);
        assertFalse(Audit.isGoingOn());
        assertEquals(List.of(first, second), outer.built());
        assertEquals(List.of(second), inner.built());
        assertTrue(CacheRegistry.open().containsAll(List.of(early, first, second, late)));
        List.of(early, first, second, late).forEach(cache -> CacheRegistry.remove(cache.id()));
        assertEquals(List.of(first, second), outer.built());
    }

    @Test
    void keepsItsCachesReachable() {
        try (Audit audit = Audit.begin()) {
            WeakReference<OpenCache> built = addForgotten();
            System.gc();
            assertSame(audit.built().getFirst(), built.get());
            CacheRegistry.remove(built.get().id());
        }
    }

    private static WeakReference<OpenCache> addForgotten() {
        OpenCache cache = new Fake("forgotten", 5);
        add(cache);
        return new WeakReference<>(cache);
    }

    @Test
    void theOwnerOfAnAddressIsFoundWhileItIsOpen() {
        OpenCache owner = new Fake("owner", FAR_AWAY);
        add(new Fake("other", FAR_AWAY + 1));
        assertNull(CacheRegistry.findByAddress(FAR_AWAY));
        add(owner);
        assertSame(owner, CacheRegistry.findByAddress(FAR_AWAY));
        CacheRegistry.remove(owner.id());
        assertNull(CacheRegistry.findByAddress(FAR_AWAY));
    }
}
