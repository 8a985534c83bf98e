package io.slabcache.bench.report;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The circumstances of a run.
 *
 * @param date when it began, with the offset of its time zone
 * @param seconds how long it took
 * @param command what started it
 * @param jvm the program that ran the forks
 * @param jvmArguments the arguments of each fork, before those that its subject adds
 * @param machine what it ran on
 */
public record Origin(
        String date, long seconds, String command, String jvm, List<String> jvmArguments, Machine machine) {

    /** Returns those of a run of this program in this JVM. */
    public static Origin of(OffsetDateTime start, Duration took, List<String> arguments, Machine machine) {
        return new Origin(
                start.toString(),
                took.toSeconds(),
                "java -jar allocator-bench.jar " + String.join(" ", arguments),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                machine);
    }
}
