package io.slabcache.bench.run;

import java.util.List;

/**
 * A fork that ran to its end.
 *
 * @param step what was run
 * @param scores nanoseconds per operation, one for each iteration in order; operations of all threads count, so two
 *     threads that do not disturb each other take half as long as one
 * @param garbageBytes heap bytes allocated per operation, the mean of the iterations
 */
public record Measurement(Step step, List<Double> scores, double garbageBytes) implements Outcome {

    public Measurement {
        scores = List.copyOf(scores);
    }
}
