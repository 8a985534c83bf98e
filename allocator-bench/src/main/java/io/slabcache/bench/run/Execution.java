package io.slabcache.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs a plan, fork after fork. A fork that fails is recorded, and the others still run. When this JVM is told to end,
 * no further fork starts and the running one is ended, too.
 */
public final class Execution {

    private static final int STOP_ATTEMPTS = 100;
    private static final int STOP_PAUSE_MILLIS = 20;

    private final Plan plan;
    private final Listener listener;
    private final CountDownLatch idle = new CountDownLatch(1);
    private volatile boolean stopping;

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
        Thread stopper = new Thread(this::stop, "stop-forks");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            return runSteps();
        } finally {
            idle.countDown();
            release(stopper);
        }
    }

    private void release(Thread stopper) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            throw new CancellationException("the JVM was told to end");
        }
    }

    private List<Outcome> runSteps() throws RunnerException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (stopping) {
                break;
            }
            listener.starting(step);
            Outcome outcome = new Fork(plan.settings(step)).run(step);
            if (!stopping) {
                outcomes.add(outcome);
                listener.ended(outcome);
            }
        }
        return outcomes;
    }

    /** Repeats until the runner has noticed, which may be about to start the next fork. */
    private void stop() {
        stopping = true;
        try {
            for (int i = 0; i < STOP_ATTEMPTS; i++) {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
                if (idle.await(STOP_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
