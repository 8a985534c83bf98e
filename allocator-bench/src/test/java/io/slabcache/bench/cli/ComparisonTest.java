package io.slabcache.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole main job with the smallest settings; checks nothing about the numbers. */
class ComparisonTest {

    private static final String NUMBER = " +[0-9.]+";

    @Test
    void printsATableAndWritesTheScores(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.json");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Cli.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "--rounds=2",
                "--warmup=1",
                "--iterations=3",
                "--time=1",
                "--workload=pair,handover",
                "--subject=slabcache-segment,limit,limit-segment",
                "--output=" + file);
        assertEquals(0, exitCode, err.toString());

        String table = out.toString();
        String spread = " +[0-9.]+ \\.\\. [0-9.]+";
        String row = NUMBER + spread + NUMBER + NUMBER + NUMBER + "\\R";
        String rows = "(  (limit|limit-segment|slabcache-segment)" + row + "){3}";
        assertTrue(table.matches("(?s).*\\Rpair: [^\\n]*\\n" + rows + ".*"), table);
        assertTrue(
                table.matches("(?s).*\\Rhandover ns - ring, .*\\R  slabcache-segment +-?[0-9.]+  -?[0-9.]+ to -?[0-9.]+"
                        + "( +(met|not met|unclear))?\\R.*"),
                table);
        assertTrue(table.lines().allMatch(line -> line.length() <= 100 || line.contains(file.toString())), table);
        assertTrue(table.contains("raw results in " + file), table);
        assertTrue(table.strip().endsWith(folder.resolve("results.html").toString()), table);
        assertTrue(err.toString().contains("1 of 12  round 1 of 2  handover"), err.toString());

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals(12, json.path("forks").size());
        assertTrue(StreamSupport.stream(json.path("forks").spliterator(), false)
                .allMatch(fork -> fork.path("nanosecondsPerOperation").size() == 3));
        assertEquals(0, json.path("failures").size());
        assertEquals(6, json.path("summary").size());
        assertEquals(4, json.path("ratios").size());
        assertTrue(json.at("/origin/command").asText().endsWith("--output=" + file));
    }
}
