package io.slabcache.bench.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slabcache.bench.cli.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page draws the numbers of the raw results, all of them, and needs nothing beside itself. */
class ReportFilesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path comparison;
    private static Path latency;
    private static Path memory;

    @BeforeAll
    static void run() {
        comparison = Runs.write(
                folder.resolve("comparison.json"),
                "--rounds=2",
                "--warmup=1",
                "--iterations=3",
                "--time=1",
                "--workload=pair,batch64",
                "--subject=slabcache-segment,limit");
        latency = Runs.write(folder.resolve("latency.json"), "latency", "--quick", "--live=4", "--subject=slabcache");
        memory = Runs.write(folder.resolve("memory.json"), "memory", "--quick", "--live=4", "--subject=slabcache");
    }

    @Test
    void drawsEachNumberOfAComparison() throws IOException {
        Document page = page(comparison);
        JsonNode json = MAPPER.readTree(comparison.toFile());
        assertEquals(
                List.of("batch64", "pair"),
                page.select("section").stream().map(Element::id).toList());
        int drawn = 0;
        for (Element section : page.select("section")) {
            JsonNode option = option(section);
            JsonNode names = option.at("/yAxis/data");
            for (int i = 0; i < names.size(); i++) {
                JsonNode row = row(json, section.id(), names.get(i).asText());
                assertEquals(
                        row.at("/nanoseconds/median").asDouble(),
                        option.at("/series/0/data/" + i + "/value").asDouble());
                JsonNode interval = option.at("/series/1/data/" + i);
                assertEquals(i, interval.get(0).asInt());
                assertEquals(
                        row.at("/nanoseconds/lowerQuartile").asDouble(),
                        interval.get(1).asDouble());
                assertEquals(
                        row.at("/nanoseconds/upperQuartile").asDouble(),
                        interval.get(2).asDouble());
                assertTrue(interval.get(2).asDouble() <= option.at("/xAxis/max").asDouble(), "within the axis");
                drawn++;
            }
            assertEquals(names.size(), section.select("tbody tr").size(), "a row of the table for each bar");
        }
        assertEquals(json.path("summary").size(), drawn);
        assertEquals(4, drawn);
    }

    @Test
    void drawsEachPointOfALatencyCurve() throws IOException {
        JsonNode json = MAPPER.readTree(latency.toFile());
        Element section = page(latency).getElementById("allocate");
        JsonNode curve = json.at("/summary/curves/slabcache/ALLOCATE");
        List<Double> expected = new ArrayList<>();
        curve.forEach(point -> {
            if (point.get(1).asDouble() > 0) {
                expected.add(point.get(1).asDouble());
            }
        });
        JsonNode data = option(section).at("/series/0/data");
        List<Double> drawn = new ArrayList<>();
        data.forEach(point -> drawn.add(point.get(1).asDouble()));
        assertTrue(drawn.size() > 5, drawn::toString);
        assertEquals(expected, drawn);
        assertTrue(isSorted(data), "percentiles go up");
        assertEquals(1, section.select("tbody tr").size());
    }

    @Test
    void drawsEachSampleOfTheMemory() throws IOException {
        JsonNode json = MAPPER.readTree(memory.toFile());
        Element section = page(memory).getElementById("resident");
        JsonNode samples = json.at("/forks/0/samples");
        JsonNode drawn = option(section).at("/series/1/data");
        assertEquals(samples.size(), drawn.size());
        for (int i = 0; i < drawn.size(); i++) {
            assertEquals(
                    samples.get(i).path("bytes").asDouble() / (1 << 20),
                    drawn.get(i).get(1).asDouble());
        }
        assertFalse(page(memory).select("#accesses tbody tr").isEmpty(), "random accesses");
    }

    @Test
    void needsNothingBesideItself() throws IOException {
        for (Path json : List.of(comparison, latency, memory)) {
            Document page = page(json);
            assertTrue(page.select("[src], link, img, iframe").isEmpty(), "no reference to another file");
            assertFalse(Files.readString(html(json)).contains("{{"), "each place of the template is filled");
            assertEquals(
                    page.select("section").size(), page.select("section table").size(), "a table for each chart");
            assertEquals(
                    page.select(".chart").size(),
                    page.select(".chart[role=img][aria-label]").size());
        }
    }

    @Test
    void writesTheRowsForSpreadsheets() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("comparison.csv"));
        assertTrue(lines.getFirst().contains("workload"), lines.getFirst());
        assertEquals(1 + MAPPER.readTree(comparison.toFile()).path("summary").size(), lines.size());
        assertTrue(Files.readAllLines(folder.resolve("latency.csv")).size() > 3);
        assertEquals(2, Files.readAllLines(folder.resolve("memory.csv")).size());
    }

    @Test
    void namesInTheResultsCannotBreakThePage() throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(comparison.toFile());
        String evil = "</script><b>\"&'";
        ((ObjectNode) json.at("/summary/0")).put("subject", evil);
        ((ObjectNode) json.path("origin")).put("command", evil);
        Path file = folder.resolve("evil.json");
        MAPPER.writeValue(file.toFile(), json);
        Document page = Jsoup.parse(ReportFiles.write(file).toFile());
        assertTrue(page.select("b").isEmpty());
        assertTrue(page.select(".facts li").eachText().contains(evil));
        assertTrue(page.select("td").eachText().contains(evil));
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        for (String text : List.of("", "x", "{}", "[1]", "{\"origin\":{},\"forks\":3}")) {
            Path file = Files.writeString(folder.resolve("bad.json"), text);
            String message = assertThrows(IllegalArgumentException.class, () -> ReportFiles.write(file))
                    .getMessage();
            assertTrue(message.contains("bad.json"), message);
            assertFalse(Files.exists(folder.resolve("bad.html")), text);
        }
    }

    private static boolean isSorted(JsonNode points) {
        double[] x = StreamSupport.stream(points.spliterator(), false)
                .mapToDouble(point -> point.get(0).asDouble())
                .toArray();
        for (int i = 1; i < x.length; i++) {
            if (x[i] < x[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode row(JsonNode json, String workload, String subject) {
        return StreamSupport.stream(json.path("summary").spliterator(), false)
                .filter(row -> row.path("workload").asText().equals(workload)
                        && row.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode option(Element section) throws IOException {
        return MAPPER.readTree(section.select("script").getFirst().data());
    }

    private static Document page(Path json) throws IOException {
        return Jsoup.parse(html(json).toFile());
    }

    private static Path html(Path json) {
        return json.resolveSibling(json.getFileName().toString().replace(".json", ".html"));
    }
}
