package io.slabcache.bench.report;

import io.slabcache.bench.run.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Draws runs that might have been: as many rounds as were measured, each one of them at random, and in each fork as many
 * scores, each one of the fork's at random (Efron 1979, in two stages). The spread of a figure over these runs tells how
 * far chance moves it. The draws are the same each time.
 */
final class Bootstrap {

    private static final int RUNS = 1_000;
    private static final long SEED = 20_260_101;

    private Bootstrap() {}

    /** Returns runs, each a list of rounds, each a list of measurements. */
    static List<List<List<Measurement>>> of(Collection<List<Measurement>> measured) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<List<Measurement>> rounds = List.copyOf(measured);
        return IntStream.range(0, RUNS).mapToObj(run -> run(rounds, random)).toList();
    }

    private static List<List<Measurement>> run(List<List<Measurement>> rounds, RandomGenerator random) {
        List<List<Measurement>> run = new ArrayList<>();
        while (run.size() < rounds.size()) {
            run.add(rounds.get(random.nextInt(rounds.size())).stream()
                    .map(measurement -> redrawn(measurement, random))
                    .toList());
        }
        return run;
    }

    private static Measurement redrawn(Measurement measurement, RandomGenerator random) {
        List<Double> scores = measurement.scores();
        return new Measurement(
                measurement.step(),
                random.ints(scores.size(), 0, scores.size())
                        .mapToObj(scores::get)
                        .toList(),
                measurement.garbageBytes());
    }
}
