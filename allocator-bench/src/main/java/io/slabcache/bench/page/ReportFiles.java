package io.slabcache.bench.page;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slabcache.bench.latency.LatencyResults;
import io.slabcache.bench.memory.MemoryResults;
import io.slabcache.bench.report.RawResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the page and the CSV file of raw results beside them, with the same name and other endings. */
public final class ReportFiles {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private ReportFiles() {}

    /**
     * Reads a file that this program has written, and returns the path of its page.
     *
     * @throws IllegalArgumentException if it is no such file
     */
    public static Path write(Path json) throws IOException {
        Object results = read(json);
        Files.writeString(sibling(json, ".csv"), CsvText.of(results));
        Path page = sibling(json, ".html");
        Files.writeString(page, HtmlPage.render(page(results)));
        return page;
    }

    static Object read(Path json) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(json.toFile());
            if (tree == null || !tree.path("origin").isObject()) {
                throw new IllegalArgumentException("'%s' has no results of this program.".formatted(json));
            }
            return MAPPER.treeToValue(tree, type(tree));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "'%s' has no results of this program, or of another version: %s"
                            .formatted(json, e.getOriginalMessage()),
                    e);
        }
    }

    private static Class<?> type(JsonNode tree) {
        return switch (tree.path("workload").asText()) {
            case "latency" -> LatencyResults.class;
            case "memory" -> MemoryResults.class;
            default -> RawResults.class;
        };
    }

    private static Page page(Object results) {
        return switch (results) {
            case LatencyResults latency -> LatencyPage.of(latency);
            case MemoryResults memory -> MemoryPage.of(memory);
            case RawResults comparison -> ComparisonPage.of(comparison);
            default -> throw new IllegalArgumentException(results.getClass().getName());
        };
    }

    private static Path sibling(Path json, String ending) {
        String name = json.getFileName().toString();
        String stem = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        return json.resolveSibling(stem + ending);
    }
}
