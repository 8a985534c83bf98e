package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.bench.report.Units;
import io.slabcache.bench.slots.SlotSubject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code latency --quick} in its forks; checks nothing about the numbers, but that the file says what the table says. */
class LatencyCommandTest {

    private static final List<String> SUBJECTS = SlotSubject.onAnyMachine().stream()
            .filter(subject -> subject != SlotSubject.TRIM)
            .map(SlotSubject::id)
            .toList();

    @TempDir
    private Path folder;

    @Test
    void theTableHasEachSubjectAndTheFileEqualsIt() throws IOException {
        Path file = folder.resolve("latency.json");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(
                new PrintWriter(out), new PrintWriter(err), "latency", "--quick", "--live=8", "--output=" + file);
        assertEquals(0, exitCode, err.toString());
        String table = out.toString();
        assertTrue(table.lines().allMatch(line -> line.length() <= 100 || line.contains("results in")), table);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals("latency", json.path("workload").asText());
        assertEquals(0, json.path("failures").size());
        assertEquals(SUBJECTS, json.path("forks").findValuesAsText("subject"));
        assertEquals(
                8 << 20,
                json.at("/plan/objects").asInt() * json.at("/plan/objectSize").asInt());
        assertTrue(json.at("/origin/command").asText().contains("latency --quick --live=8"));
        int shown = 0;
        for (JsonNode row : json.at("/summary/calls")) {
            if (List.of("ALLOCATE", "WRITE", "FREE").contains(row.path("series").asText())) {
                assertTrue(table.contains(cells(row)), () -> cells(row) + " is missing in\n" + table);
                shown++;
            }
            JsonNode curve = json.at("/summary/curves")
                    .path(row.path("subject").asText())
                    .path(row.path("series").asText());
            if (row.path("calls").asLong() > 0) {
                JsonNode end = curve.path(curve.size() - 1);
                assertEquals(100, end.path(0).asDouble());
                assertEquals(row.path("calls").asLong(), end.path(2).asLong());
            }
        }
        assertEquals(3 * SUBJECTS.size(), shown);
    }

    private static String cells(JsonNode row) {
        StringBuilder cells =
                new StringBuilder("%-21s".formatted(row.path("subject").asText()));
        for (String column : List.of("p50", "p99", "p999", "p9999", "p99999", "max")) {
            cells.append(" %7s".formatted(Units.time(row.path(column).asLong())));
        }
        return cells.append(" %7d %7d"
                        .formatted(
                                row.path("above1ms").asLong(),
                                row.path("above10ms").asLong()))
                .toString();
    }
}
