package io.slabcache.bench.demo.orders;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The JVM of a book has room for all events that the command line allows, which lie beside its heap. */
class OrderTaskTest {

    @Test
    void theEventsFitBesideTheHeap() {
        for (int events : new int[] {1_000, 100_000_000}) {
            String limit = new OrderTask("slabcache", 1, 42, events, null)
                    .jvmArguments()
                    .getLast();
            assertTrue(limit.matches("-XX:MaxDirectMemorySize=\\d+m"), limit);
            long mib = Long.parseLong(limit.replaceAll("\\D", ""));
            assertTrue(mib << 20 >= events * Flow.BYTES + (256L << 20), limit);
        }
    }
}
