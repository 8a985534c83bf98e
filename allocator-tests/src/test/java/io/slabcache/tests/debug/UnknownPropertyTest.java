package io.slabcache.tests.debug;

import static io.slabcache.tests.support.Texts.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.SlabCache;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The warning about an unknown property names that property and all known ones. */
class UnknownPropertyTest {
    private static final Pattern ROW = Pattern.compile("^\\| `-D(slabcache\\.[a-zA-Z.]+)=", Pattern.MULTILINE);

    private LogCapture log;
    private String property;

    @BeforeEach
    void listen() {
        log = new LogCapture();
    }

    @AfterEach
    void forget() {
        log.close();
        System.clearProperty(property);
    }

    /** Builds several caches; the warning is logged once. Returns it. */
    private String warning(String property) {
        this.property = property;
        System.setProperty(property, "U,packets");
        for (int i = 0; i < 3; i++) {
            SlabCache.builder("packets", 24).build().close();
        }
        assertEquals(1, log.records().size());
        assertEquals(Level.WARNING, log.records().getFirst().getLevel());
        return log.records().getFirst().getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "slabcache.debuf, slabcache.debug",
        "slabcache.Debug, slabcache.debug",
        "slabcache.debug.fault, slabcache.debug.faults",
        "slabcache.leak, slabcache.leaks",
        "slabcache.gard, slabcache.guard",
        "slabcache., slabcache.leaks",
    })
    void itIsNamedOnceWithTheNearestOne(String given, String meant) {
        String warning = warning(given);
        assertSays(warning, "unknown property '" + given + "' is ignored", "There are: ");
        assertSays(warning, given.length() > 10 ? "did you mean " + meant + "?" : "did you mean ");
    }

    @Test
    void theReadmeHasATableOfThoseThatThereAre() throws IOException {
        String known = warning("slabcache.forTheReadme").replaceAll(".*There are: ", "");
        Set<String> rows = ROW.matcher(Files.readString(Project.file("docs/debugging.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Arrays.asList(known.split(", "))), rows);
    }

    /** Otherwise the code could read a property that the warning does not list. Those of the system are no settings. */
    @Test
    void propertiesAreReadInOnePlace() throws IOException {
        property = "slabcache-none";
        Pattern read =
                Pattern.compile("getPropert(?!y\\(\"(os|io\\.netty)\\.)|getInteger\\(|getBoolean\\(|Long\\.getLong\\(");
        try (Stream<Path> files = Files.walk(Project.file("allocator"))) {
            List<String> readers = files.filter(file -> file.toString().contains("src/main/java"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read.matcher(text(file))
                            .results()
                            .map(MatchResult::group)
                            .findAny()
                            .isPresent())
                    .map(file -> file.getFileName().toString())
                    .toList();
            assertEquals(List.of("Property.java"), readers);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
