package io.slabcache.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.cli.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the documents are those of the committed results, and one command writes them. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Path RESULTS = ROOT.resolve("docs/results");

    private static final String PLACES = """
            before
            <!-- results: old.json main -->
            anything
            <!-- /results -->
            between
            <!-- results: old.json all -->
            <!-- /results -->
            after
            """;

    @TempDir
    private static Path shared;

    private static Path results;

    @TempDir
    private Path folder;

    @Test
    void theTablesOfTheDocumentsAreThoseOfTheirResults() throws IOException {
        for (String document : List.of("README.md", "docs/benchmarks.md")) {
            String text = Files.readString(ROOT.resolve(document));
            assertEquals(Documents.expected(text, RESULTS), text, document + ": run report FILE.json --into it");
        }
        String benchmarks = Files.readString(ROOT.resolve("docs/benchmarks.md"));
        assertTrue(benchmarks.contains("<!-- results: "), "docs/benchmarks.md has no table of results");
    }

    /** Known bad: a number that was edited by hand. */
    @Test
    void aChangedNumberIsFound() throws IOException {
        Path document = Files.writeString(folder.resolve("x.md"), PLACES);
        Documents.update(document, results);
        String text = Files.readString(document);
        assertEquals(text, Documents.expected(text, shared));
        String changed = text.replaceFirst("\\| limit \\| [0-9.]+", "| limit | 0.01");
        assertTrue(!changed.equals(text) && !changed.equals(Documents.expected(changed, shared)), changed);
    }

    @Test
    void writesBothTablesBetweenTheComments() throws IOException {
        Path document = Files.writeString(folder.resolve("x.md"), PLACES);
        assertEquals(2, Documents.update(document, results));
        String text = Files.readString(document);
        assertTrue(text.startsWith("before\n<!-- results: results.json main -->\n\n| ns | pair |\n"), text);
        assertTrue(
                text.contains("between\n<!-- results: results.json all -->\n\n**batch64**: Allocate 64 objects"), text);
        assertTrue(text.contains("\n| slabcache-segment | "), text);
        assertTrue(text.contains("--workload=pair,batch64"), text);
        assertTrue(text.endsWith("<!-- /results -->\nafter\n"), text);
    }

    @BeforeAll
    static void run() {
        results = Runs.write(
                shared.resolve("results.json"),
                "--rounds=1",
                "--warmup=1",
                "--iterations=2",
                "--time=1",
                "--workload=pair,batch64",
                "--subject=slabcache-segment,limit");
    }

    @Test
    void aDocumentWithoutAPlaceIsRefused() throws IOException {
        Path document = Files.writeString(folder.resolve("x.md"), "no place");
        Path json = RESULTS.resolve("2026-11-23.json");
        assertThrows(IllegalArgumentException.class, () -> Documents.update(document, json));
        assertEquals("no place", Files.readString(document));
    }

    @Test
    void readsResultsOfEarlierVersions() throws IOException {
        assertTrue(Documents.table(RESULTS.resolve("2026-11-23.json"), true).contains("**handover**"));
    }
}
