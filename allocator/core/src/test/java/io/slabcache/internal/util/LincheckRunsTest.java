package io.slabcache.internal.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test of Lincheck has a run of its own in the build: one that is missing there would never run. */
class LincheckRunsTest {
    private static final Pattern TAGS =
            Pattern.compile("^@Tag\\(\"lincheck\"\\)\\R@Tag\\(\"(.+)\"\\)", Pattern.MULTILINE);
    private static final Pattern LINCHECK = Pattern.compile("^@Tag\\(\"lincheck\"\\)", Pattern.MULTILINE);
    private static final Pattern RUN = Pattern.compile("<groups>lincheck &amp; (.+)</groups>");

    @Test
    void theBuildRunsEachTestOnce() throws IOException {
        List<String> sources = sources();
        List<String> tags =
                sources.stream().flatMap(text -> found(TAGS, text)).sorted().toList();
        assertEquals(
                sources.stream().filter(text -> LINCHECK.matcher(text).find()).count(), tags.size());
        assertTrue(tags.contains("depot"), tags::toString);
        assertEquals(tags, runs(Files.readString(Path.of("pom.xml"))));
    }

    @Test
    void aMissingRunIsSeen() throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        List<String> fewer = new ArrayList<>(runs(build));
        fewer.remove("depot");
        assertEquals(fewer, runs(build.replace("<groups>lincheck &amp; depot</groups>", "")));
    }

    private static List<String> runs(String build) {
        return found(RUN, build).sorted().toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1));
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(LincheckRunsTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
