package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.audit.Leak;
import io.slabcache.audit.LeakAudit;
import io.slabcache.junit.NoLeaks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of a modular project run, and those that look for leaks find them. */
@NoLeaks
class OrdersTest {
    @Test
    void theProjectAndTheLibraryAreModules() {
        assertEquals("com.example.orders", Orders.class.getModule().getName());
        assertEquals("io.slabcache", SlabCache.class.getModule().getName());
        assertTrue(SlabCache.class.getModule().isNamed());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anOrderIsKept(long id) {
        try (Orders orders = new Orders("orders")) {
            MemorySegment order = orders.add(id);
            assertEquals(id, order.get(ValueLayout.JAVA_LONG, 0));
            orders.remove(order);
        }
    }

    @Test
    void aForgottenOrderIsFound() {
        LeakAudit audit = LeakAudit.begin();
        try (Orders orders = new Orders("forgotten")) {
            MemorySegment order = orders.add(1);
            List<Leak> leaks = audit.end(cache -> true);
            assertEquals(1, leaks.size());
            assertTrue(leaks.getFirst().cache().startsWith("cache 'forgotten'"));
            assertEquals(1, leaks.getFirst().liveObjects());
            orders.remove(order);
        }
    }
}
