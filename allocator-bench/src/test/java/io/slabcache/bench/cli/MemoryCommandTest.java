package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.bench.slots.SlotSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code memory --quick} in its forks; checks that the file says what the table says, and that memory follows the load. */
class MemoryCommandTest {

    private static final double MIB = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void theTableHasEachSubjectAndTheFileEqualsIt() throws IOException {
        Path file = folder.resolve("memory.json");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "memory",
                "--quick",
                "--live=16",
                "--idle=100",
                "--output=" + file);
        assertEquals(0, exitCode, err.toString());
        String table = out.toString();
        assertTrue(table.lines().allMatch(line -> line.length() <= 100 || line.contains("results in")), table);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals("memory", json.path("workload").asText());
        assertEquals(0, json.path("failures").size());
        assertEquals(
                SlotSubject.onAnyMachine().stream().map(SlotSubject::id).toList(),
                json.path("summary").findValuesAsText("subject"));
        for (JsonNode row : json.path("summary")) {
            String cells = "%-21s %7d %7d %6.2f"
                    .formatted(
                            row.path("subject").asText(),
                            Math.round(row.path("liveBytes").asLong() / MIB),
                            Math.round(row.path("peakBytes").asLong() / MIB),
                            row.path("fullRatio").asDouble());
            assertTrue(table.contains(cells), () -> cells + " is missing in\n" + table);
            assertTrue(row.path("fullRatio").asDouble() > 0.5, row::toString);
        }
        for (JsonNode fork : json.path("forks")) {
            assertTrue(fork.path("samples").size() > 5, fork::toString);
            assertEquals(0, fork.at("/stages/EMPTY/liveBytes").asLong());
        }
        assertEquals(3, json.path("accesses").size());
        for (JsonNode access : json.path("accesses")) {
            assertTrue(access.path("nanosPerAccess").asDouble() > 0, access::toString);
        }
    }
}
