package io.slabcache.bench.memory;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of this process, as Linux tells it in {@code /proc}, or by the figure that every JVM has. */
final class ProcessMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");
    private static final int KIB = 1024;

    private final boolean isResident = field(STATUS, "VmRSS:").isPresent();

    /** Returns whether {@link #bytes} is the resident set; otherwise it is the committed virtual memory. */
    boolean isResident() {
        return isResident;
    }

    long bytes() {
        return isResident
                ? field(STATUS, "VmRSS:").orElseThrow()
                : ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getCommittedVirtualMemorySize();
    }

    /** Returns the memory in huge pages; 0 where the system does not tell. */
    long hugeBytes() {
        return field(ROLLUP, "AnonHugePages:").orElse(0);
    }

    private static OptionalLong field(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
