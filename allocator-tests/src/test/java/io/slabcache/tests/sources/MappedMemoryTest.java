package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.SlabCache;
import io.slabcache.memory.MappedMemory;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import io.slabcache.memory.Pages;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Smaps;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each option of mapped memory does. */
@EnabledOnOs(OS.LINUX)
class MappedMemoryTest {
    private static final long MEBI = 1 << 20;
    private static final long BYTES = 32 * MEBI;
    private static final int PAGE = 4096;

    @BeforeEach
    void theSystemShowsMappings() {
        assumeTrue(Smaps.areKnown());
    }

    private static Smaps.Area area(MemorySegment segment) throws IOException {
        return Smaps.at(segment.address()).orElseThrow();
    }

    /** With guards, so that the system does not join the mapping with a neighbour. */
    private static MappedMemory.Builder apart() {
        return MappedMemory.builder().guardPages(true);
    }

    @Test
    void memoryIsTakenAtTheFirstTouch() throws IOException {
        try (MemoryRegion region = apart().build().allocate(BYTES, 64)) {
            MemorySegment segment = region.segment();
            assertEquals(BYTES, segment.byteSize());
            assertEquals(BYTES / 1024, area(segment).kibibytes("Size"));
            assertEquals(0, area(segment).kibibytes("Rss"));
            for (long offset = 0; offset < BYTES / 4; offset += PAGE) {
                assertEquals(0, segment.get(ValueLayout.JAVA_LONG, offset));
                segment.set(ValueLayout.JAVA_LONG, offset, 7);
            }
            assertEquals(BYTES / 4 / 1024, area(segment).kibibytes("Rss"));
        }
    }

    @Test
    void preTouchedMemoryIsPresent() throws IOException {
        try (MemoryRegion region = apart().preTouch(true).strict(true).build().allocate(BYTES, 64)) {
            assertEquals(BYTES / 1024, area(region.segment()).kibibytes("Rss"));
        }
    }

    @Test
    void severalThreadsTouchLargeRegions() throws IOException {
        long bytes = 5 * BYTES + PAGE;
        try (MemoryRegion region = apart().preTouch(true).strict(true).build().allocate(bytes, 64)) {
            assertEquals(bytes / 1024, area(region.segment()).kibibytes("Rss"));
        }
    }

    @Test
    void transparentHugePagesAreUsed() throws IOException {
        Path setting = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        assumeTrue(Files.exists(setting) && !Files.readString(setting).contains("[never]"));
        MappedMemory memory =
                apart().pages(Pages.TRANSPARENT_HUGE).preTouch(true).build();
        try (LogCapture log = new LogCapture();
                MemoryRegion region = memory.allocate(BYTES, 64)) {
            assumeTrue(log.records().isEmpty(), "the system refuses them");
            assertTrue(area(region.segment()).has("hg"), area(region.segment())::toString);
            // The system may be short of them, but hardly of all.
            assertTrue(area(region.segment()).kibibytes("AnonHugePages") > 0);
        }
        // Known bad: usual pages.
        try (MemoryRegion region = apart().preTouch(true).build().allocate(BYTES, 64)) {
            assertFalse(area(region.segment()).has("hg"));
        }
    }

    @Test
    void hugePagesOfThePoolAreSetAsideAtOnce() throws IOException {
        assumeTrue(HugePages.free() >= 2, "sysctl vm.nr_hugepages=2 lets this test run");
        long before = HugePages.reserved();
        MappedMemory memory = apart().pages(Pages.HUGE_2M).strict(true).build();
        try (MemoryRegion region = memory.allocate(3 * MEBI, 64)) {
            assertEquals(before + 2, HugePages.reserved());
            region.segment().fill((byte) 1);
            assertEquals(4 * 1024, area(region.segment()).kibibytes("Private_Hugetlb"));
            assertEquals(MEBI, region.overheadBytes());
        }
        assertEquals(before, HugePages.reserved());
    }

    @Test
    void lockedMemoryIsPresentAndLocked() throws IOException {
        long bytes = 16 * PAGE;
        try (LogCapture log = new LogCapture();
                MemoryRegion region = apart().lock(true).build().allocate(bytes, 64)) {
            assumeTrue(log.records().isEmpty(), "the limit on locked memory is very small");
            assertEquals(bytes / 1024, area(region.segment()).kibibytes("Locked"));
            assertEquals(bytes / 1024, area(region.segment()).kibibytes("Rss"));
        }
    }

    @Test
    void memoryIsBoundToItsNode() throws IOException {
        Path nodes = Path.of("/proc/self/numa_maps");
        assumeTrue(Files.isReadable(nodes));
        try (LogCapture log = new LogCapture();
                MemoryRegion wish = apart().numaNode(0).build().allocate(BYTES, 64)) {
            assumeTrue(log.records().isEmpty(), "the system refuses it");
            MappedMemory strict = apart().numaNode(0).strict(true).build();
            try (MemoryRegion bound = strict.allocate(BYTES, 64)) {
                assertTrue(policy(nodes, wish.segment()).startsWith("prefer"), () -> policy(nodes, wish.segment()));
                assertEquals("bind:0", policy(nodes, bound.segment()));
            }
        }
    }

    private static String policy(Path nodes, MemorySegment segment) {
        String start = Long.toHexString(segment.address()) + " ";
        try {
            return Files.readAllLines(nodes).stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.split(" ")[1])
                    .findFirst()
                    .orElse("none");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE", "TRANSPARENT_HUGE"})
    void guardsSurroundARegion(Pages pages) throws IOException {
        MappedMemory memory = apart().pages(pages).build();
        try (MemoryRegion region = memory.allocate(BYTES, 64)) {
            MemorySegment segment = region.segment();
            long end = segment.address() + segment.byteSize();
            assertFalse(Smaps.at(segment.address() - 1).orElseThrow().isAccessible());
            assertFalse(Smaps.at(end).orElseThrow().isAccessible());
            assertTrue(area(segment).isAccessible());
        }
    }

    @Test
    void theNameShowsWhereTheKernelHasNames() throws IOException {
        MappedMemory memory = apart().name("orders of today").build();
        try (MemoryRegion region = memory.allocate(BYTES, 64)) {
            boolean kernelHasNames = VmaNames.areKept();
            assertEquals(
                    kernelHasNames ? "[anon:orders of today]" : "",
                    area(region.segment()).name());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, 1 << 16, 1 << 21, 1 << 25})
    void alignmentCostsNoMemory(long alignment) throws IOException {
        long before = Smaps.virtualBytes();
        try (MemoryRegion region = MappedMemory.builder().build().allocate(BYTES + 1, alignment)) {
            assertEquals(0, region.segment().address() % alignment);
            assertEquals(BYTES + 1, region.segment().byteSize());
            assertEquals(PAGE - 1, region.overheadBytes());
            long taken = Smaps.virtualBytes() - before;
            assertTrue(taken < BYTES + 16 * MEBI, () -> "addresses for alignment are kept: " + taken);
        }
    }

    @Test
    void aClosedRegionGoesBackAndItsViewsThrow() throws IOException {
        long bytes = 1L << 30;
        long before = Smaps.virtualBytes();
        MemoryRegion region = apart().build().allocate(bytes, 64);
        MemorySegment view = region.segment().asSlice(8, 8);
        assertTrue(Smaps.virtualBytes() - before >= bytes);
        region.close();
        assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
        assertTrue(Smaps.virtualBytes() - before < bytes / 4);
        assertThrows(IllegalStateException.class, region::close);
    }

    @Test
    void aRegionInUseStaysAndIsClosedLater() {
        MemoryRegion region = apart().build().allocate(PAGE, 64);
        NativeCall.during(region.segment(), () -> assertThrows(IllegalStateException.class, region::close));
        region.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
        region.close();
        assertFalse(region.segment().scope().isAlive());
    }

    @Test
    void shrinkAndCloseGiveMemoryBackToTheSystem() throws IOException {
        MemorySource memory = MappedMemory.builder().build();
        long before = Smaps.total("Rss");
        try (SlabCache cache = SlabCache.builder("mapped", 4096).memory(memory).build()) {
            long[] objects = new long[(int) (256 * MEBI / 4096)];
            assertTrue(cache.allocateBulk(objects, 0, objects.length));
            for (long object : objects) {
                cache.segment(object).set(ValueLayout.JAVA_LONG, 0, object);
            }
            long full = Smaps.total("Rss") - before;
            assertTrue(full >= 256 * MEBI, () -> "resident " + full);
            for (long object : objects) {
                assertEquals(object, cache.segment(object).get(ValueLayout.JAVA_LONG, 0));
            }
            cache.freeBulk(objects, 0, objects.length);
            cache.flush();
            cache.shrink();
            long left = Smaps.total("Rss") - before;
            assertTrue(left < 64 * MEBI, () -> "resident after shrink " + left);
            assertEquals(0, cache.stats().reservedBytes());
            cache.free(cache.allocate());
            Healthy.checkNothingLive(cache);
        }
    }

    @Test
    void badArgumentsAreRefused() {
        MappedMemory.Builder builder = MappedMemory.builder();
        assertRefused("numaNode is -1", () -> builder.numaNode(-1));
        assertRefused("numaNode is 1024", () -> builder.numaNode(1024));
        assertRefused("name is ''", () -> builder.name(""));
        assertRefused("name is 'a[b'", () -> builder.name("a[b"));
        assertRefused("name is 'ä'", () -> builder.name("ä"));
        assertRefused("expected 1 to 79", () -> builder.name("x".repeat(80)));
        assertThrows(NullPointerException.class, () -> builder.name(null));
        assertThrows(NullPointerException.class, () -> builder.pages(null));
        MappedMemory memory = builder.build();
        assertRefused("bytes is 0", () -> memory.allocate(0, 8));
        assertRefused("alignment is 24", () -> memory.allocate(8, 24));
        assertRefused("alignment is " + Long.MIN_VALUE, () -> memory.allocate(8, Long.MIN_VALUE));
        assertThrows(OutOfMemoryError.class, () -> memory.allocate(Long.MAX_VALUE, 8));
        assertThrows(OutOfMemoryError.class, () -> memory.allocate(8, 1L << 62));
        assertThrows(OutOfMemoryError.class, () -> memory.allocate(1L << 55, 1L << 55));
    }

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
        assertTrue(refused.getMessage().contains(message), refused::getMessage);
    }
}
