package io.slabcache.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a plan, fork after fork. A fork that fails is recorded, and the others still run. When this JVM is told to end,
 * no further fork starts and the running one is ended, too.
 */
public final class Execution {

    private final Plan plan;
    private final Listener listener;

    public Execution(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * Returns the outcome of each step, in order; may be called once.
     *
     * @throws CancellationException when this JVM is told to end
     * @throws RunnerException when JMH refuses to start, as it does while another run holds its lock
     */
    public List<Outcome> run() throws RunnerException {
        Stop stop = new Stop();
        List<Outcome> outcomes;
        try (stop) {
            outcomes = runSteps(stop);
        }
        if (stop.isRequested()) {
            throw new CancellationException("the JVM was told to end");
        }
        return outcomes;
    }

    private List<Outcome> runSteps(Stop stop) throws RunnerException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (stop.isRequested()) {
                break;
            }
            listener.starting(step);
            Outcome outcome = new Fork(plan.settings(step)).run(step);
            if (!stop.isRequested()) {
                outcomes.add(outcome);
                listener.ended(outcome);
            }
        }
        return outcomes;
    }
}
