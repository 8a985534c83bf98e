package io.slabcache.bench.run;

/** The result of one step. */
public sealed interface Outcome permits Measurement, Failure {

    /** Returns the step that was run. */
    Step step();
}
