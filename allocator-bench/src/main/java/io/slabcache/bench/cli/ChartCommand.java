package io.slabcache.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slabcache.bench.latency.LatencyChart;
import io.slabcache.bench.latency.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws the results of {@code latency}. */
@Command(
        name = "chart",
        usageHelpAutoWidth = true,
        description = "Draw the allocations in result files of 'latency' as an SVG picture; of a subject in several "
                + "files, the last one counts.")
final class ChartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Results of 'latency'.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "SVG",
            description = "Write the picture to this file.")
    private Path output;

    @Option(names = "--title", paramLabel = "TEXT", description = "Stands above the picture.")
    private String title = "Allocations while memory grows, each from the time at which it was due";

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws IOException {
        try {
            Path picture = ResultFile.prepare(output);
            Map<String, List<double[]>> curves = new LinkedHashMap<>();
            for (Path file : files) {
                curves.putAll(curves(file));
            }
            Files.writeString(picture, LatencyChart.render(title, curves));
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static JsonNode tree(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "'%s' is no JSON, expected a result file of 'latency'".formatted(file), e);
        }
    }

    private static Map<String, List<double[]>> curves(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("cannot read '%s', expected a result file of 'latency'".formatted(file));
        }
        JsonNode results = tree(file);
        Map<String, List<double[]>> curves = new LinkedHashMap<>();
        results.path("summary").path("curves").properties().forEach(subject -> {
            List<double[]> curve = new ArrayList<>();
            for (JsonNode point : subject.getValue().path(Series.ALLOCATE.name())) {
                curve.add(new double[] {point.get(0).asDouble(), point.get(1).asDouble()});
            }
            if (!curve.isEmpty()) {
                curves.put(subject.getKey(), curve);
            }
        });
        if (curves.isEmpty()) {
            throw new IllegalArgumentException(
                    "'%s' has no curves, expected a result file of 'latency'".formatted(file));
        }
        return curves;
    }
}
