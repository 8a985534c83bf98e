package io.slabcache.bench.run;

/** Is told how a plan gets on. */
public interface Listener {

    /** A fork is about to start. */
    void starting(Step step);

    /** It has ended. */
    void ended(Outcome outcome);
}
