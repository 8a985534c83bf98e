package io.slabcache.bench.run;

/** What came of one step. */
public sealed interface Outcome permits Measurement, Failure {

    /** The step that was run. */
    Step step();
}
