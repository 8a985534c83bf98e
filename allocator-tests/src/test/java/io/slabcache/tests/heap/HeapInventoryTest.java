package io.slabcache.tests.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The heap is made full at each place where slow paths allocate. The call throws {@link OutOfMemoryError} and has had
 * no effect or its full effect; then every entry point answers, and no object is lost.
 *
 * <p>With {@code -Dslabcache-test.heap.runs=500} it goes on when all methods of the {@link Inventory} have failed, up
 * to that many runs of each scenario.
 */
@InAnotherJvm
class HeapInventoryTest {
    private static final Duration PATIENCE =
            System.getProperty(HeapInventory.RUNS) == null ? Duration.ofMinutes(10) : Duration.ofHours(2);

    /** The JVMs of the parts, two at a time, because each has one busy thread. */
    private static ExecutorService running;

    private static final Map<Part, Future<String>> OUTPUTS = new EnumMap<>(Part.class);

    @TempDir
    private static Path folder;

    /** Scenarios that share a JVM. */
    private enum Part {
        ALLOCATIONS(EnumSet.range(Scenario.FIRST_ALLOCATION, Scenario.BOUND)),
        FREES(EnumSet.range(Scenario.FIRST_FREE, Scenario.MISUSE)),
        SLABS(EnumSet.range(Scenario.FIRST_SLAB, Scenario.SHRINK)),
        WALKS(EnumSet.range(Scenario.STATISTICS, Scenario.CLOSE)),
        DEBUGGED(EnumSet.range(Scenario.DEBUGGED, Scenario.GUARDED_BULK)),
        VIRTUAL(EnumSet.range(Scenario.VIRTUAL_ALLOCATION, Scenario.VIRTUAL_FREES)),
        LEAKS(EnumSet.of(Scenario.LEAK_SEGMENTS, Scenario.LEAK_BULK));

        final Set<Scenario> scenarios;

        Part(Set<Scenario> scenarios) {
            this.scenarios = scenarios;
        }

        String option() {
            return "-Dslabcache.leaks=" + (this == LEAKS ? "paranoid" : "off");
        }
    }

    @BeforeAll
    static void start() {
        running = Executors.newFixedThreadPool(2);
        for (Part part : Part.values()) {
            OUTPUTS.put(part, running.submit(() -> run(part.option(), part.scenarios)));
        }
    }

    @AfterAll
    static void end() {
        running.shutdownNow();
        OUTPUTS.clear();
    }

    private static String run(String option, Set<Scenario> scenarios) throws IOException {
        Path own = Files.createTempDirectory(folder, "part");
        List<String> command = new ArrayList<>(List.of(
                "-Xmx10m",
                "-Xms10m",
                // Every allocation happens, and takes exactly its size.
                "-XX:+UseSerialGC",
                "-XX:-UseTLAB",
                "-Xint",
                "-Xlog:disable",
                "-Xlog:exceptions=info:file=exceptions.log:none",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + HeapInventory.RUNS + "=" + Integer.getInteger(HeapInventory.RUNS, 0),
                option,
                "-cp",
                ChildJvm.libraryAndTests(),
                HeapInventory.class.getName(),
                "exceptions.log"));
        scenarios.forEach(scenario -> command.add(scenario.name()));
        ChildJvm.Result result = ChildJvm.run(own, PATIENCE, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result.output();
    }

    /** Returns scenarios with the methods in which the heap was full, one a line. */
    private static Set<String> hits(String output) {
        return output.lines()
                .filter(line -> line.startsWith("hit "))
                .map(line -> line.substring("hit ".length(), line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @EnumSource
    void noPlaceLosesAnObjectOrALock(Part part) throws Exception {
        String output = OUTPUTS.get(part).get();
        assertEquals(
                List.of(),
                output.lines().filter(line -> line.startsWith("fault ")).toList());
        Set<String> missing = new TreeSet<>();
        for (Scenario scenario : part.scenarios) {
            Inventory.of(scenario).forEach(method -> missing.add(scenario + " " + method));
        }
        missing.removeAll(hits(output));
        assertEquals(Set.of(), missing, () -> "the heap was never full there, but only in " + hits(output));
    }

    @Test
    void aStepThatLosesItsObjectIsCaught() throws IOException {
        String output = run("-ea", EnumSet.of(Scenario.KNOWN_BAD));
        assertTrue(output.contains("fault KNOWN_BAD"), output);
    }

    @Test
    void everyScenarioBelongsToAPartAndHasAnInventory() {
        List<Scenario> all = Arrays.stream(Part.values())
                .flatMap(part -> part.scenarios.stream())
                .sorted()
                .toList();
        assertEquals(List.copyOf(EnumSet.complementOf(EnumSet.of(Scenario.KNOWN_BAD))), all);
        // A flush promises to allocate nothing.
        assertEquals(
                List.of(Scenario.FLUSH),
                all.stream()
                        .filter(scenario -> Inventory.of(scenario).isEmpty())
                        .toList());
    }
}
