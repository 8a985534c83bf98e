package io.slabcache.bench.run;

import java.io.IOException;
import java.util.List;

/**
 * Runs tasks one after the other, each in a JVM of its own. A task that fails is recorded, and the others still run.
 *
 * @param program whose main method calls {@link ChildJvm#serve}
 * @param type of the results
 */
public record ForkSeries<T extends ForkTask, R>(Class<?> program, Class<R> type) {

    /** Receives the progress of a series. */
    public interface Listener<T, R> {

        /** A fork is about to start. */
        void starting(T task);

        /** It has given its result. */
        void measured(T task, R result) throws IOException;

        /** It has given none; {@code output} says why. */
        void failed(T task, String output) throws IOException;
    }

    /** Returns after the last task, or soon after the JVM was told to end. */
    public void run(List<T> tasks, Stop stop, Listener<T, R> listener) throws IOException, InterruptedException {
        for (T task : tasks) {
            if (stop.isRequested()) {
                return;
            }
            listener.starting(task);
            try {
                listener.measured(task, ChildJvm.run(program, task, type));
            } catch (ForkFailedException e) {
                if (!stop.isRequestedAbout()) {
                    listener.failed(task, e.getMessage());
                }
            }
        }
    }
}
