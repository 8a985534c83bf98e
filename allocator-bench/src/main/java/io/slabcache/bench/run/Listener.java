package io.slabcache.bench.run;

/** Receives the progress of a plan. */
public interface Listener {

    /** A fork is about to start. */
    void starting(Step step);

    /** It has ended. */
    void ended(Outcome outcome);
}
