package io.slabcache.tests.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.memory.FileMemory;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.tests.support.ChildJvm;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be used, or that another program changes: a typed exception, nothing lost, the cache usable. */
class FileFaultTest {
    private static final int PAGE = 4096;
    private static final int SLAB_BYTES = 16 * PAGE;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = folder.resolve("objects");
    }

    private static void assertIllegal(Path bad, String message) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> FileMemory.of(bad));
        assertTrue(refused.getMessage().contains(message), refused::getMessage);
        assertTrue(refused.getMessage().contains(bad.getFileName().toString()), refused::getMessage);
    }

    @Test
    void aFolder() {
        assertIllegal(folder, "which is a directory");
    }

    @Test
    void aDevice() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device));
        assertIllegal(device, "no regular file");
    }

    @Test
    void aFileWithContentsKeepsThem() throws IOException {
        Files.writeString(path, "precious");
        assertIllegal(path, "a file of 8 bytes; expected an empty file or none yet");
        assertEquals("precious", Files.readString(path));
    }

    @Test
    void anotherFileSystem() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"))) {
            assertIllegal(zip.getPath("objects"), "expected one of the default file system");
        }
    }

    @Test
    void aFolderThatIsNotThere() {
        Path nowhere = folder.resolve("nowhere").resolve("objects");
        MemoryRefusedException refused = assertThrows(MemoryRefusedException.class, () -> FileMemory.of(nowhere));
        assertTrue(refused.getMessage().contains(nowhere.toString()), refused::getMessage);
        assertEquals(NoSuchFileException.class, refused.getCause().getClass());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatIsNotWritable() throws IOException {
        Path bad = path;
        Files.createFile(path);
        assertTrue(path.toFile().setReadOnly());
        if (Files.isWritable(path)) {
            // Root may write to it, but not to this one.
            bad = Path.of("/sys/kernel/mm/transparent_hugepage/hpage_pmd_size");
            assumeTrue(Files.exists(bad));
        }
        Path notWritable = bad;
        MemoryRefusedException refused = assertThrows(MemoryRefusedException.class, () -> FileMemory.of(notWritable));
        assertTrue(refused.getMessage().contains("cannot be written to"), refused::getMessage);
    }

    /** Does something to the file while an object of it is live; then the growth is refused, and everything else works. */
    private void assertRefusedAfter(Change change, String message) throws IOException {
        SlabCache cache = SlabCache.builder("file", PAGE)
                .slabBytes(SLAB_BYTES)
                .memory(FileMemory.of(path))
                .build();
        try (LogCapture log = new LogCapture()) {
            MemorySegment kept = cache.allocate();
            kept.fill((byte) 7);
            change.run();
            for (int i = 0; i < 2; i++) {
                MemoryRefusedException refused =
                        assertThrows(MemoryRefusedException.class, () -> cache.allocateBulk(new long[100], 0, 100));
                assertTrue(refused.getMessage().contains(message), refused::getMessage);
                assertTrue(refused.getMessage().contains(path.toString()), refused::getMessage);
                assertEquals(SLAB_BYTES, cache.stats().reservedBytes());
                Healthy.check(cache);
            }
            assertEquals(7, kept.get(ValueLayout.JAVA_BYTE, PAGE - 1));
            cache.free(kept);
            Healthy.checkNothingLive(cache);
            cache.close();
            assertFalse(log.records().size() > 1, () -> log.records().toString());
        }
    }

    private interface Change {
        void run() throws IOException;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatWasDeleted() throws IOException {
        assertRefusedAfter(() -> Files.delete(path), "NoSuchFileException");
        assertFalse(Files.exists(path));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatWasReplacedIsLeftAlone() throws IOException {
        Path other = folder.resolve("other");
        String contents = "x".repeat(10 * SLAB_BYTES);
        Files.writeString(other, contents);
        assertRefusedAfter(
                () -> Files.move(other, path, StandardCopyOption.REPLACE_EXISTING), "another file has taken its place");
        assertEquals(contents, Files.readString(path));
    }

    @Test
    void aFileThatWasExtendedIsLeftAlone() throws IOException {
        assertRefusedAfter(
                () -> Files.writeString(path, "more", StandardOpenOption.APPEND),
                "it has " + (SLAB_BYTES + 4) + " bytes, expected " + SLAB_BYTES);
        assertEquals(SLAB_BYTES + 4, Files.size(path));
    }

    @Test
    void aSecondSourceOfTheSameFile() {
        FileMemory first = FileMemory.of(path);
        FileMemory second = FileMemory.of(path);
        try (MemoryRegion region = first.allocate(PAGE, 64)) {
            MemoryRefusedException refused =
                    assertThrows(MemoryRefusedException.class, () -> second.allocate(PAGE, 64));
            assertTrue(refused.getMessage().contains("another program or source"), refused::getMessage);
            assertIllegal(path, "in use by another source");
            region.segment().fill((byte) 1);
        }
        second.allocate(PAGE, 64).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatWasCutOffIsAnInternalErrorAndACloseWorks() throws IOException {
        try (LogCapture log = new LogCapture()) {
            SlabCache cache = SlabCache.builder("file", PAGE)
                    .slabBytes(SLAB_BYTES)
                    .memory(FileMemory.of(path))
                    .build();
            MemorySegment object = cache.allocate();
            object.fill((byte) 7);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            assertThrows(InternalError.class, () -> readAll(object));
            assertThrows(MemoryRefusedException.class, () -> cache.allocateBulk(new long[100], 0, 100));
            cache.free(object);
            cache.close();
            assertFalse(object.scope().isAlive());
            assertEquals(List.of(), log.records());
        }
    }

    private static long readAll(MemorySegment object) {
        long sum = 0;
        for (long offset = 0; offset < object.byteSize(); offset++) {
            sum += object.get(ValueLayout.JAVA_BYTE, offset);
        }
        return sum;
    }

    @Test
    void badSizes() {
        FileMemory memory = FileMemory.of(path);
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(0, 8));
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(8, 3));
        assertThrows(OutOfMemoryError.class, () -> memory.allocate(Long.MAX_VALUE, 8));
    }

    private static void assertFullDisk(ChildJvm.Result result, String message) {
        assertEquals("", result.errors());
        assertTrue(result.output().contains(message), result::output);
        assertTrue(result.output().endsWith("fine" + System.lineSeparator()), result::output);
        assertEquals(0, result.exitCode());
    }

    private ChildJvm.Result fill(List<String> launcher, String file) {
        return ChildJvm.runBy(launcher, folder, "-cp", ChildJvm.libraryAndTests(), FullDisk.class.getName(), file);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLimitOnFiles() {
        List<String> launcher = List.of("sh", "-c", "ulimit -f 16384 && exec \"$0\" \"$@\"");
        assertFullDisk(fill(launcher, path.toString()), "File too large");
    }

    /** A disk of 8 MiB, which only the child sees. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDisk() throws Exception {
        List<String> launcher =
                List.of("unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=8m tmpfs /mnt && exec \"$0\" \"$@\"");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")) && Files.isDirectory(Path.of("/mnt")));
        ChildJvm.Result result = fill(launcher, "/mnt/objects");
        assumeFalse(result.exitCode() != 0 && result.output().isEmpty(), "this container permits no mount");
        assertFullDisk(result, "No space left on device");
    }
}
