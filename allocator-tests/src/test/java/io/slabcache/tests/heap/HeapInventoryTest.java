package io.slabcache.tests.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The places where slow paths allocate, each of which is made to fail by a heap that is full: the call throws {@link
 * OutOfMemoryError} and has done nothing, or has done all; then every entry point answers, and no object is lost.
 */
class HeapInventoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    /** Scenarios that share a JVM, and the methods in which the heap has to be found full. */
    private enum Part {
        THREADS("FIRST_ALLOCATION,FIRST_FREE,MANY_THREADS", "ThreadCaches,ThreadCache,Magazine"),
        HANDLES("FIRST_SEGMENT,BULK_SEGMENTS,LOCAL_SEGMENTS,GENERATION,UNCHECKED", "Slab,ObjectGenerations"),
        LEAKS("FIRST_SEGMENT,BULK_SEGMENTS", "Tracker"),
        MAGAZINES("MANY_FREES,FREES_OF_ANOTHER,PREFILL,FLUSH", "Magazine"),
        BULK("BULK_ALLOCATION,BULK_FREE,FIRST_BULK_FREE", "ScratchArrays"),
        LEASES("LEASE,LEASE_OF_THE_SPARE", "Leasing,NativeAccess"),
        GROWTH("GROWTH,LOCKED", "ObjectMarks,SlabFactory,MemorySource,Slab"),
        MESSAGES("BOUND,MISUSE,REFUSED_CLOSE", "Misuse"),
        WALKS("STATISTICS,VALIDATION,SHRINK,LOCAL", "Census,MagazineLayer"),
        CLOSE("CLOSE", ""),
        DEBUGGED("TRACKED,SANE,QUARANTINED,DEBUGGED_MISUSE", "Tracker,DebugLayer,Debugger"),
        DEBUGGED_BULK("DEBUGGED_BULK,REDZONED", ""),
        GUARDED("GUARDED,GUARDED_BULK", "");

        final String[] scenarios;

        /** Classes. What a method is called may change; that none of a class fails is a hole in this test. */
        final List<String> inventory;

        Part(String scenarios, String inventory) {
            this.scenarios = scenarios.split(",");
            this.inventory = inventory.isEmpty() ? List.of() : List.of(inventory.split(","));
        }
    }

    private ChildJvm.Result run(String option, String... scenarios) {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx10m",
                "-Xms10m",
                // Every allocation happens, and takes as many bytes as it says.
                "-XX:+UseSerialGC",
                "-XX:-UseTLAB",
                "-Xint",
                "-Xlog:disable",
                "-Xlog:exceptions=info:file=exceptions.log:none",
                "--enable-native-access=ALL-UNNAMED",
                option,
                "-cp",
                ChildJvm.libraryAndTests(),
                HeapInventory.class.getName(),
                "exceptions.log"));
        command.addAll(List.of(scenarios));
        ChildJvm.Result result = ChildJvm.run(folder, PATIENCE, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        return result;
    }

    /** How often the heap was full in each class. */
    private static Map<String, Integer> hits(String output) {
        Map<String, Integer> hits = new TreeMap<>();
        output.lines().filter(line -> line.startsWith("hit ")).forEach(line -> {
            String[] words = line.split(" ");
            hits.merge(words[1].split("[.$]")[0], Integer.valueOf(words[2]), Integer::sum);
        });
        return hits;
    }

    @ParameterizedTest
    @EnumSource
    void noPlaceLosesAnObjectOrALock(Part part) {
        String option = "-Dslabcache.leaks=" + (part == Part.LEAKS ? "paranoid" : "off");
        String output = run(option, part.scenarios).output();
        List<String> faults =
                output.lines().filter(line -> line.startsWith("fault ")).toList();
        assertEquals(List.of(), faults);
        Map<String, Integer> hits = hits(output);
        List<String> missing =
                part.inventory.stream().filter(type -> !hits.containsKey(type)).toList();
        assertEquals(List.of(), missing, () -> "the heap was never full there, but only in " + hits);
    }

    @Test
    void aStepThatLosesItsObjectIsCaught() {
        String output = run("-ea", "KNOWN_BAD").output();
        assertTrue(output.contains("fault KNOWN_BAD"), output);
    }
}
