package io.slabcache.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The public API of each artifact is what its file {@code api.txt} says: a change is seen in the review, and none happens by
 * accident. A line that goes breaks programs: keep it, deprecated, unless the next version may break them. With {@code
 * -Dslabcache-test.api=write} the test writes the files.
 */
class PublicApiTest {
    private static final String WRITE = "write";

    @ParameterizedTest
    @ValueSource(strings = {"core", "junit", "agrona", "netty", "micrometer", "arrow"})
    void theApiIsWhatItsFileSays(String artifact) throws IOException {
        assumeTrue(Runtime.version().feature() >= 25, "javap of an older JDK may write otherwise");
        Path classes = Project.file("allocator/" + artifact + "/target/classes");
        assumeTrue(Files.exists(classes.resolve("module-info.class")), "this build leaves the artifact out");
        Path file = Project.file("allocator/" + artifact + "/api.txt");
        List<String> actual = PublicApi.of(classes);
        assertTrue(actual.size() > 3, actual::toString);
        if (WRITE.equals(System.getProperty("slabcache-test.api"))) {
            Files.write(file, actual);
        }
        assertEquals(
                List.of(),
                PublicApi.differences(Files.readAllLines(file), actual),
                () -> "the public API and " + file + " differ; if that is meant, run this test with"
                        + " -Dslabcache-test.api=write and commit the file, with a line in CHANGELOG.md");
    }

    @Test
    void changesAreFound() {
        List<String> listed = List.of(
                "public final class a.Pool implements java.lang.AutoCloseable",
                "    public void close();",
                "    public java.lang.Object take();",
                "public interface a.Source");
        assertEquals(List.of(), PublicApi.differences(listed, listed));
        assertEquals(
                List.of(
                        "gone: a.Pool: public java.lang.Object take();",
                        "gone: public interface a.Source",
                        "new: a.Pool: public java.lang.String take();"),
                PublicApi.differences(
                        listed,
                        List.of(
                                "public final class a.Pool implements java.lang.AutoCloseable",
                                "    public java.lang.String take();",
                                "    public void close();")));
    }

    @Test
    void internalsAreNoPartOfIt() throws IOException {
        List<String> lines = PublicApi.of(Project.file("allocator/core/target/classes"));
        assertTrue(
                lines.contains("public final class io.slabcache.SlabCache implements io.slabcache.ObjectAllocator"
                        + ",java.lang.AutoCloseable"),
                lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.contains(" class io.slabcache.internal.")), lines::toString);
    }
}
