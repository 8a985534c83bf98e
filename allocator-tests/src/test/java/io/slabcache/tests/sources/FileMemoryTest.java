package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.FileMemory;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.Smaps;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory in a file: it grows, is used again, is cut off, and another process sees it. */
@Timeout(60)
class FileMemoryTest {
    private static final int PAGE = 4096;

    @TempDir
    Path folder;

    private Path path;
    private MemorySource memory;

    @BeforeEach
    void makeTheFile() {
        path = folder.resolve("objects");
        memory = FileMemory.of(path);
    }

    private long bytesOfFile() throws IOException {
        return Files.size(path);
    }

    @Test
    void theFileGrowsAndIsCutOffAtItsEnd() throws IOException {
        assertEquals(0, bytesOfFile());
        MemoryRegion first = memory.allocate(10 * PAGE, 64);
        MemoryRegion second = memory.allocate(5 * PAGE, 64);
        assertEquals(15 * PAGE, bytesOfFile());
        first.close();
        assertEquals(15 * PAGE, bytesOfFile());
        MemoryRegion third = memory.allocate(7 * PAGE, 64);
        assertEquals(15 * PAGE, bytesOfFile());
        second.close();
        assertEquals(7 * PAGE, bytesOfFile());
        third.close();
        assertEquals(0, bytesOfFile());
        assertThrows(IllegalStateException.class, third::close);
    }

    @Test
    void aClosedRegionEndsItsViewsOnly() {
        MemoryRegion closed = memory.allocate(PAGE, 64);
        try (MemoryRegion open = memory.allocate(PAGE, 64)) {
            MemorySegment view = closed.segment().asSlice(8, 8);
            closed.close();
            assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
            open.segment().fill((byte) 7);
            assertEquals(7, open.segment().get(ValueLayout.JAVA_BYTE, PAGE - 1));
        }
    }

    @Test
    void aRegionInUseStaysAndIsClosedLater() throws IOException {
        MemoryRegion region = memory.allocate(PAGE, 64);
        NativeCall.during(region.segment(), () -> assertThrows(IllegalStateException.class, region::close));
        assertEquals(PAGE, bytesOfFile());
        region.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        region.close();
        assertEquals(0, bytesOfFile());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 4096, 1 << 16, 1 << 21})
    void whatAlignmentCostsIsInTheFileAndReported(int alignment) throws IOException {
        try (MemoryRegion region = memory.allocate(1000, alignment)) {
            assertEquals(0, region.segment().address() % alignment);
            assertEquals(1000, region.segment().byteSize());
            assertEquals(bytesOfFile(), 1000 + region.overheadBytes());
        }
    }

    @Test
    void theBlocksAreWrittenInAdvance() throws Exception {
        long bytes = 3_000_000;
        try (MemoryRegion region = memory.allocate(bytes, 64)) {
            assertEquals(bytes, region.segment().byteSize());
            Process usage = new ProcessBuilder("du", "-k", path.toString()).start();
            String output = new String(usage.getInputStream().readAllBytes());
            assumeTrue(usage.waitFor() == 0);
            assertTrue(Long.parseLong(output.split("\\s")[0]) * 1024 >= bytes, output);
        }
    }

    @Test
    void anotherProcessReadsTheObjects() {
        try (SlabCache cache = SlabCache.builder("shared", 64).memory(memory).build()) {
            MemorySegment object = cache.allocate();
            object.set(ValueLayout.JAVA_LONG, 0, 0x1234_5678_9abcL);
            ChildJvm.Result result = ChildJvm.run(
                    folder, "-cp", ChildJvm.libraryAndTests(), FileReader.class.getName(), path.toString());
            assertEquals("", result.errors());
            assertEquals("found " + 0x1234_5678_9abcL, result.output().strip());
            cache.free(object);
        }
    }

    @Test
    void shrinkAndCloseMakeTheFileSmaller() throws IOException {
        try (SlabCache cache = SlabCache.builder("file", 4096).memory(memory).build()) {
            long[] objects = new long[20_000];
            assertTrue(cache.allocateBulk(objects, 0, objects.length));
            assertEquals(cache.stats().reservedBytes(), bytesOfFile());
            assertTrue(bytesOfFile() >= objects.length * 4096L);
            cache.freeBulk(objects, 0, objects.length);
            cache.flush();
            cache.shrink();
            assertEquals(0, bytesOfFile());
            cache.free(cache.allocate());
            Healthy.checkNothingLive(cache);
        }
        assertEquals(0, bytesOfFile());
        assertTrue(Files.exists(path));
    }

    @Test
    void anInterruptedThreadGrowsAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        try (MemoryRegion region = memory.allocate(1 << 20, 64)) {
            assertTrue(Thread.interrupted());
            region.segment().fill((byte) 1);
            Thread.currentThread().interrupt();
        }
        assertTrue(Thread.interrupted());
        assertEquals(0, bytesOfFile());
    }

    @Test
    void interruptsAmidTheGrowthDoNotDisturbIt() throws Exception {
        Thread grower = Thread.currentThread();
        try (ExecutorService interrupter = Executors.newSingleThreadExecutor()) {
            Future<?> interrupts = interrupter.submit(() -> {
                Random random = new Random(1);
                for (int i = 0; i < 5_000; i++) {
                    LockSupport.parkNanos(random.nextInt(200_000));
                    grower.interrupt();
                }
                return null;
            });
            int grown = 0;
            while (!interrupts.isDone() || grown < 10) {
                try (MemoryRegion region = memory.allocate((1 + grown % 4) * PAGE, 64)) {
                    region.segment().fill((byte) 1);
                }
                grown++;
            }
            Thread.interrupted();
            interrupts.get();
        }
        // The JDK forgets a mapping that is interrupted.
        if (Smaps.areKnown()) {
            assertEquals(
                    0,
                    Smaps.all().stream()
                            .filter(area -> area.name().startsWith(path.toString()))
                            .count(),
                    "mappings left");
        }
        assertEquals(0, bytesOfFile());
    }

    @Test
    void threadsShareAFile() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long seed = i;
            tasks.add(() -> {
                growAndGiveBack(new Random(seed), seed);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<Void> done : threads.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
                done.get();
            }
        }
        assertEquals(0, bytesOfFile());
    }

    private void growAndGiveBack(Random random, long mark) {
        List<MemoryRegion> regions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (regions.size() < 8 && random.nextBoolean()) {
                MemoryRegion region = memory.allocate((1 + random.nextInt(8)) * PAGE, 64);
                region.segment().set(ValueLayout.JAVA_LONG, 0, mark);
                regions.add(region);
            } else if (!regions.isEmpty()) {
                closeOne(regions, random.nextInt(regions.size()), mark);
            }
        }
        while (!regions.isEmpty()) {
            closeOne(regions, 0, mark);
        }
    }

    private static void closeOne(List<MemoryRegion> regions, int index, long mark) {
        MemoryRegion region = regions.remove(index);
        assertEquals(mark, region.segment().get(ValueLayout.JAVA_LONG, 0));
        region.close();
        assertFalse(region.segment().scope().isAlive());
    }
}
