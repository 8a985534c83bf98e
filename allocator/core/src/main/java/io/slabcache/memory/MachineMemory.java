package io.slabcache.memory;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The memory of this machine or container, as the JVM sees it. */
final class MachineMemory {
    private MachineMemory() {}

    /** Returns the bytes; throws if the JVM cannot tell. */
    static long bytes() {
        long bytes;
        try {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            bytes = system == null ? 0 : system.getTotalMemorySize();
        } catch (LinkageError | IllegalArgumentException e) {
            throw unknown(e);
        }
        if (bytes <= 0) {
            throw unknown(null);
        }
        return bytes;
    }

    private static UnsupportedOperationException unknown(@Nullable Throwable cause) {
        return new UnsupportedOperationException(
                "this JVM does not tell the memory of the machine; expected one with the module jdk.management, or use"
                        + " MemoryBudget.ofBytes",
                cause);
    }
}
