package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.run.Failure;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.run.Step;
import io.slabcache.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of raw results has every score, failure and setting, and the circumstances of the run. */
class JsonFileTest {

    @TempDir
    private Path folder;

    @Test
    void writesEveryScoreAndWhereItCameFrom() throws IOException {
        Machine machine = new Machine("some cpu", 2, "some os", "some jdk", List.of("some collector"));
        Origin origin = new Origin("2026-11-22T10:00:00Z", 180, "java -jar x.jar", "/java", List.of("-Da=b"), machine);
        RawResults results = RawResults.of(
                origin,
                new Settings(2, 300, 5, 100, 256),
                List.of(
                        Measurements.of(Workload.PAIR, "limit", 2, 0.5, 1.25, 1.5),
                        Measurements.of(Workload.BATCH_1000, "limit", 2, 0, 1.375)),
                List.of(new Failure(new Step(1, Benchmarks.of(Workload.BATCH_64, "malloc")), "it broke")));
        Path file = folder.resolve("results.json");
        JsonFile.write(results, file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals(1, json.path("format").asInt());
        assertEquals("some cpu", json.at("/origin/machine/cpu").asText());
        assertEquals("some os", json.at("/origin/machine/os").asText());
        assertEquals("some jdk", json.at("/origin/machine/jdk").asText());
        assertEquals("2026-11-22T10:00:00Z", json.at("/origin/date").asText());
        assertEquals("java -jar x.jar", json.at("/origin/command").asText());
        assertEquals(300, json.at("/settings/warmupMillis").asInt());
        assertEquals("pair", json.at("/forks/0/workload").asText());
        assertEquals("limit", json.at("/forks/0/subject").asText());
        assertEquals(2, json.at("/forks/0/round").asInt());
        assertEquals("[1.25,1.5]", json.at("/forks/0/nanosecondsPerOperation").toString());
        assertEquals(0.5, json.at("/forks/0/garbageBytesPerOperation").asDouble());
        assertEquals("it broke", json.at("/failures/0/output").asText());
        assertEquals(1.375, json.at("/summary/0/nanoseconds/median").asDouble());
        assertEquals(1, json.at("/summary/0/toLimit").asDouble());
        assertEquals("batch1000", json.at("/ratios/0/workload").asText());
        assertEquals("/ pair", json.at("/ratios/0/comparison").asText());
        assertEquals(1, json.at("/ratios/0/value").asDouble());
        assertEquals("<= 1.5", json.at("/ratios/0/target").asText());
        assertTrue(json.at("/ratios/0/met").asBoolean());
        assertFalse(json.at("/summary/0").has("toSlabcache"), "what was not measured is left out");
    }
}
