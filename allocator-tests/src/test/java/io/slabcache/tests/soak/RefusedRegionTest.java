package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.ScriptedSource;
import org.junit.jupiter.api.Test;

/** A region that refuses to close just after its constructor has failed is given back later. */
class RefusedRegionTest {
    private int refusals = 1;

    private MemoryRegion refusing(long bytes, long alignment) {
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        return new ScriptedSource.Region(region.segment(), () -> {
            if (refusals-- > 0) {
                throw new IllegalStateException("in use");
            }
            region.close();
        });
    }

    @Test
    void theRegionIsGivenBackLater() {
        ScriptedSource source = new ScriptedSource().next(this::refusing);
        SlabCache cache = SlabCache.builder("refused", 64)
                .memory(source)
                .constructor(object -> {
                    throw new Injected.Refusal("constructor");
                })
                .build();
        assertThrows(Injected.Refusal.class, cache::allocate);
        assertEquals(1, source.made());
        assertEquals(0, source.closed());
        cache.shrink();
        assertEquals(1, source.closed());
        cache.close();
    }
}
