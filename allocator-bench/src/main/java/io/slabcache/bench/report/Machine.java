package io.slabcache.bench.report;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine and the JVM of a run.
 *
 * @param cpu the processor's name as the system tells it, or its architecture
 * @param cores processors the JVM may use
 * @param os name, version and architecture
 * @param jdk the JVM's name and version, also that of the forks
 * @param collectors the garbage collector's parts
 */
public record Machine(String cpu, int cores, String os, String jdk, List<String> collectors) {

    /** Returns this machine and the current JVM. */
    public static Machine current() {
        return new Machine(
                cpuName().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                String.join(
                        " ",
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"),
                        "(" + System.getProperty("java.vendor") + ")"),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList());
    }

    private static Optional<String> cpuName() {
        String os = System.getProperty("os.name");
        if (os.startsWith("Linux")) {
            return linuxCpuName();
        }
        if (os.startsWith("Mac")) {
            return macCpuName();
        }
        return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"));
    }

    private static Optional<String> linuxCpuName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> macCpuName() {
        try {
            Process sysctl = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
            try (var output = sysctl.inputReader()) {
                return output.lines().findFirst();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
