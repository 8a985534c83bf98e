package io.slabcache.bench.run;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Runs a plan, fork after fork. A fork that fails is recorded, and the others still run. */
public final class Execution {

    private final Plan plan;
    private final Listener listener;

    public Execution(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * Returns the outcome of each step, in order; of fewer steps when the JVM is told to end. Then no further fork
     * starts, and what the running one gives is left out, because it was ended too.
     *
     * @throws RunnerException when JMH refuses to start, as it does while another run holds its lock
     */
    public List<Outcome> run(Stop stop) throws RunnerException {
        List<Outcome> outcomes = new ArrayList<>();
        try (ForkArchive archive = ForkArchive.of(plan)) {
            for (Step step : plan.steps()) {
                if (stop.isRequested()) {
                    break;
                }
                listener.starting(step);
                List<String> jvmArguments = new ArrayList<>(step.collector().jvmArguments());
                jvmArguments.addAll(archive.jvmArguments());
                Outcome outcome = new Fork(plan.settings(step), jvmArguments).run(step);
                if (outcome instanceof Failure ? !stop.isRequestedAbout() : !stop.isRequested()) {
                    outcomes.add(outcome);
                    listener.ended(outcome);
                }
            }
        }
        return outcomes;
    }
}
