package io.slabcache.internal.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of the system mean, in older and newer kernels. */
class TransparentHugeTest {
    @TempDir
    Path folder;

    private void setting(String file, String contents) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, contents + "\n");
    }

    private Optional<Path> forbiddenBy() {
        return new TransparentHuge(folder).forbiddenBy();
    }

    @Test
    void aSystemThatSaysNothingHasTheUsualSizeAndForbidsNothing() {
        assertEquals(2 << 20, new TransparentHuge(folder).pageBytes());
        assertEquals(Optional.empty(), forbiddenBy());
    }

    @Test
    void theSizeIsThatOfTheSystem() throws IOException {
        setting("hpage_pmd_size", "536870912");
        assertEquals(512L << 20, new TransparentHuge(folder).pageBytes());
        setting("hpage_pmd_size", "large");
        assertEquals(2 << 20, new TransparentHuge(folder).pageBytes());
    }

    @Test
    void olderKernelsHaveOneSetting() throws IOException {
        setting("enabled", "always [madvise] never");
        assertEquals(Optional.empty(), forbiddenBy());
        setting("enabled", "always madvise [never]");
        assertEquals(Optional.of(folder.resolve("enabled")), forbiddenBy());
    }

    @Test
    void newerKernelsHaveOneForEachSize() throws IOException {
        String ofSize = "hugepages-2048kB/enabled";
        setting("enabled", "always madvise [never]");
        setting(ofSize, "always inherit [madvise] never");
        assertEquals(Optional.empty(), forbiddenBy());
        setting(ofSize, "always [inherit] madvise never");
        assertEquals(Optional.of(folder.resolve("enabled")), forbiddenBy());
        setting("enabled", "[always] madvise never");
        assertEquals(Optional.empty(), forbiddenBy());
        setting(ofSize, "always inherit madvise [never]");
        assertEquals(Optional.of(folder.resolve(ofSize)), forbiddenBy());
    }
}
