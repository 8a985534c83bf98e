package io.slabcache.netty;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.slabcache.SlabAllocator;
import io.slabcache.memory.MappedMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Measures requests and resident memory of {@link HttpPair} under several allocators: a program for the command line, whose
 * results are in docs/integrations/netty.md. Each measurement is a JVM of its own; the allocators take turns. Memory is
 * measured twice: as it is after the load, and without what the C library keeps of freed memory, which is mostly that of
 * the JVM's compilers and differs by 10 MiB from JVM to JVM.
 *
 * <p>Arguments: rounds, then flags for the measured JVMs.
 */
final class HttpLoad {
    private static final List<String> ALLOCATORS = List.of("adaptive", "slabcache", "mapped", "pooled");
    private static final int CLIENTS = 32;
    private static final int THREADS = 2;
    private static final int WARM_UP = 20_000;
    private static final int REQUESTS = 20_000;

    private HttpLoad() {}

    public static void main(String[] arguments) throws Exception {
        if (ALLOCATORS.contains(arguments[0])) {
            measure(arguments[0]);
            return;
        }
        List<String> flags = List.of(arguments).subList(1, arguments.length);
        Map<String, List<double[]>> results = new TreeMap<>();
        for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
            for (String allocator : ALLOCATORS) {
                results.computeIfAbsent(allocator, key -> new ArrayList<>()).add(fork(allocator, flags));
            }
        }
        results.forEach((allocator, all) -> System.out.printf(
                Locale.ROOT,
                "%-10s %8.0f requests/s %8.1f µs of CPU/request %8.1f MiB resident %8.1f MiB trimmed%n",
                allocator,
                median(all, 0),
                median(all, 1),
                median(all, 2),
                median(all, 3)));
    }

    private static double median(List<double[]> all, int column) {
        return all.stream()
                .mapToDouble(row -> row[column])
                .sorted()
                .skip(all.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double[] fork(String allocator, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HttpLoad.class.getName(), allocator));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        System.out.print(allocator + ": " + output);
        return Arrays.stream(output.strip().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void measure(String name) throws Exception {
        ByteBufAllocator allocator = allocator(name);
        try (HttpPair pair = new HttpPair(allocator, THREADS)) {
            run(pair, WARM_UP);
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long answers = run(pair, REQUESTS);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMicros = (cpuNanos() - cpu) / 1e3 / answers;
            System.gc();
            double resident = residentKib() / 1024.0;
            trimNativeHeap();
            System.out.printf(
                    Locale.ROOT,
                    "%.0f %.2f %.1f %.1f%n",
                    answers / seconds,
                    cpuMicros,
                    resident,
                    residentKib() / 1024.0);
        }
    }

    private static long run(HttpPair pair, int requests) throws Exception {
        AtomicInteger left = new AtomicInteger(requests);
        return pair.exchange(CLIENTS, () -> left.getAndDecrement() > 0);
    }

    private static ByteBufAllocator allocator(String name) {
        return switch (name) {
            case "adaptive" -> new AdaptiveByteBufAllocator();
            case "pooled" -> new PooledByteBufAllocator(true);
            case "mapped" ->
                SlabByteBufAllocator.of(SlabAllocator.builder("http")
                        .memory(MappedMemory.builder().build())
                        .build());
            default -> SlabByteBufAllocator.of(SlabAllocator.builder("http").build());
        };
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void trimNativeHeap() throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "systemTrimNativeHeap",
                        new Object[0],
                        new String[0]);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
