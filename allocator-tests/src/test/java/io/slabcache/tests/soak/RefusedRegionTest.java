package io.slabcache.tests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** A region that cannot be closed just when its constructor has failed. */
class RefusedRegionTest {
    private int refusals = 1;
    private int out;

    private final class Region implements MemoryRegion {
        private final MemoryRegion region;

        Region(MemoryRegion region) {
            this.region = region;
        }

        @Override
        public MemorySegment segment() {
            return region.segment();
        }

        @Override
        public void close() {
            if (refusals-- > 0) {
                throw new IllegalStateException("in use");
            }
            region.close();
            out--;
        }
    }

    private MemoryRegion allocate(long bytes, long alignment) {
        MemoryRegion region = MemorySource.arena().allocate(bytes, alignment);
        out++;
        return new Region(region);
    }

    @Test
    void isGivenBackLater() {
        SlabCache cache = SlabCache.builder("refused", 64)
                .memory(this::allocate)
                .constructor(object -> {
                    throw new Injected.Refusal("constructor");
                })
                .build();
        assertThrows(Injected.Refusal.class, cache::allocate);
        assertEquals(1, out);
        cache.shrink();
        assertEquals(0, out);
        cache.close();
    }
}
