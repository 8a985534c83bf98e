package io.slabcache.bench.cli;

import io.slabcache.bench.run.Listener;
import io.slabcache.bench.run.Outcome;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Has what was measured so far written at the end of each round but the last, so that a kill loses one round. */
final class Checkpoint implements Listener {

    /** Writes outcomes. */
    interface Writer {
        void write(List<Outcome> outcomes) throws IOException;
    }

    private final Plan plan;
    private final Listener next;
    private final Writer writer;
    private final List<Outcome> outcomes = new ArrayList<>();

    Checkpoint(Plan plan, Listener next, Writer writer) {
        this.plan = plan;
        this.next = next;
        this.writer = writer;
    }

    @Override
    public void starting(Step step) {
        next.starting(step);
    }

    @Override
    public void ended(Outcome outcome) {
        next.ended(outcome);
        outcomes.add(outcome);
        int done = outcomes.size();
        if (done < plan.steps().size()
                && plan.steps().get(done).round() != outcome.step().round()) {
            try {
                writer.write(outcomes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
