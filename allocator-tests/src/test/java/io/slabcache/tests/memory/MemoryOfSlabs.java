package io.slabcache.tests.memory;

import io.slabcache.SlabCache;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A program that compares the reserved bytes of a cache with the JVM's native memory tracking. Its arguments are
 * alignment, slab bytes and number of slabs; it prints both numbers.
 */
final class MemoryOfSlabs {
    private MemoryOfSlabs() {}

    public static void main(String[] arguments) throws JMException {
        long alignment = Long.parseLong(arguments[0]);
        long slabBytes = Long.parseLong(arguments[1]);
        int slabs = Integer.parseInt(arguments[2]);
        long before = tracked();
        try (SlabCache cache = SlabCache.builder("slabs", slabBytes)
                .alignment(alignment)
                .slabBytes(slabBytes)
                .build()) {
            long[] objects = new long[slabs];
            for (int i = 0; i < slabs; i++) {
                objects[i] = cache.allocateAddress();
            }
            System.out.println(cache.stats().reservedBytes() + " " + (tracked() - before));
            for (long object : objects) {
                cache.freeAddress(object);
            }
        }
    }

    /** Returns the bytes of the category in which native memory tracking counts allocations of Java code. */
    private static long tracked() throws JMException {
        String summary = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmNativeMemory",
                        new Object[] {new String[] {"summary", "scale=1"}},
                        new String[] {String[].class.getName()});
        int other = summary.indexOf("Other (reserved=");
        if (other < 0) {
            return 0;
        }
        int number = summary.indexOf('=', other) + 1;
        return Long.parseLong(summary.substring(number, summary.indexOf(',', number)));
    }
}
