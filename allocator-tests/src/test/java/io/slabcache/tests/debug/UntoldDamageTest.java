package io.slabcache.tests.debug;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.diagnostics.MisusePolicy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A free that has taken effect does not throw when the heap is too full to report its findings. */
class UntoldDamageTest {
    private static final Logger LOGGER = Logger.getLogger("io.slabcache");

    /** A log handler that finds the heap full. */
    private static final class FullHeap extends Handler {
        private int tried;

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                tried++;
                throw new OutOfMemoryError("planted");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final FullHeap heap = new FullHeap();

    @BeforeEach
    void fill() {
        LOGGER.addHandler(heap);
    }

    @AfterEach
    void empty() {
        LOGGER.removeHandler(heap);
    }

    @SuppressWarnings("restricted")
    @Test
    void theFreeTakesEffectWithoutAnException() {
        try (SlabCache cache = SlabCache.builder("untold", 24)
                .debug(Debug.REDZONES)
                .onMisuse(MisusePolicy.WARN_ONCE)
                .build()) {
            long object = cache.allocateAddress();
            MemorySegment.ofAddress(object).reinterpret(25).set(ValueLayout.JAVA_BYTE, 24, (byte) 7);
            assertDoesNotThrow(() -> cache.freeAddress(object));
            assertEquals(2, heap.tried, "the report, and that it is lost");
            assertEquals(0, cache.stats().liveObjects());
            assertEquals(1, cache.stats().frees());
            // Known bad: a refused free, which has had no effect, throws.
            assertThrows(OutOfMemoryError.class, () -> cache.freeAddress(object));
            assertEquals(1, cache.stats().frees());
            assertTrue(cache.validate().findings().isEmpty());
        }
    }
}
