package io.slabcache.tests.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.InAnotherJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap bytes of the statistics match what the collector finds, and to read them costs nothing for each slab. */
@InAnotherJvm
class HeapBytesTest {
    private static final int SLABS = 30_000;
    private static final int CACHES = 1_000;
    private static final int ALLOCATORS = 200;
    private static final int THREADS = 8;

    /** Much less than a reference for each slab. */
    private static final int MOST_ALLOCATED = 20_000;

    /** A line that {@link HeapOfCaches} prints. */
    private record Line(long measured, long said, long count, long allocated) {
        static Line of(String text) {
            long[] numbers =
                    Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Line(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        boolean isTrue() {
            return Math.abs(said - measured) <= 0.15 * measured;
        }
    }

    private static List<Line> run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-Xmx2g",
                // The object layout that the library's estimate assumes.
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:-UseCompactObjectHeaders",
                "-cp",
                ChildJvm.libraryAndTests(),
                HeapOfCaches.class.getName()));
        command.addAll(List.of(arguments));
        ChildJvm.Result result = ChildJvm.run(folder, command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.errors());
        System.out.println(String.join(" ", arguments) + ": " + result.output().strip());
        return result.output().lines().map(Line::of).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"addresses", "segments", "buffers"})
    void theHeapBytesOfManySmallSlabsMatchTheMeasurement(String kind, @TempDir Path folder) {
        Line line = run(folder, kind, "" + SLABS).getFirst();
        assertEquals(SLABS, line.count());
        assertTrue(line.isTrue(), line::toString);
        assertTrue(line.allocated() < MOST_ALLOCATED, () -> "looks at each slab: " + line);
    }

    @Test
    void theHeapBytesOfManyCachesAndThreadsMatchTheMeasurement(@TempDir Path folder) {
        List<Line> lines = run(folder, "caches", "" + CACHES, "" + THREADS);
        Line open = lines.get(0);
        Line closed = lines.get(1);
        assertTrue(open.isTrue(), open::toString);
        assertTrue(closed.isTrue(), closed::toString);
        assertTrue(closed.measured() < open.measured() / 3, () -> "much is kept: " + lines);
        // Known bad: the account omits the table of threads.
        Line without = new Line(open.measured(), open.said() - CACHES * 4096L, CACHES, 0);
        assertFalse(without.isTrue(), without::toString);
    }

    @Test
    void theHeapBytesOfManyAllocatorsMatchTheMeasurement(@TempDir Path folder) {
        Line line = run(folder, "allocators", "" + ALLOCATORS, "" + THREADS).getFirst();
        assertTrue(line.isTrue(), line::toString);
        // Known bad: the account omits what all size classes share.
        Line without = new Line(line.measured(), line.said() - ALLOCATORS * 8192L, ALLOCATORS, 0);
        assertFalse(without.isTrue(), without::toString);
    }
}
