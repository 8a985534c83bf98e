package io.slabcache.bench.cli;

import io.slabcache.bench.report.CostRatios;
import io.slabcache.bench.run.CostRound;
import io.slabcache.bench.run.MachineBusyException;
import io.slabcache.bench.run.MachineLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the ratios of the slow path's steps and of bursts to their limits. */
@Command(
        name = "costs",
        usageHelpAutoWidth = true,
        description = "Print the ratios of the slow path's steps, and of bursts of many sizes, to their limits, in "
                + "about a minute per round.")
final class CostCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Measure all N times, each time in new JVMs; default 3.")
    private int rounds;

    @Mixin
    private HelpOption help;

    @Override
    public Integer call() throws MachineBusyException, RunnerException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds was " + rounds + ", expected a number above 0.");
        }
        List<Map<String, Double>> costs = new ArrayList<>();
        MachineLock lock = MachineLock.acquire();
        try (lock) {
            while (costs.size() < rounds) {
                spec.commandLine().getErr().printf("round %d of %d, about a minute%n", costs.size() + 1, rounds);
                spec.commandLine().getErr().flush();
                costs.add(CostRound.run());
            }
        }
        spec.commandLine().getOut().print(CostRatios.render(costs));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
