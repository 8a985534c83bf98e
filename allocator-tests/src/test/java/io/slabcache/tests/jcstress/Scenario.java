package io.slabcache.tests.jcstress;

/**
 * The actions of two threads on one pool at the same time. jcstress looks for actors and arbiter in the test class
 * itself, so each test has its own; they call the scenario, which has the only implementation.
 */
abstract class Scenario {
    final Pool pool;

    Scenario(Pool pool) {
        this.pool = pool;
    }

    /** Returns the name of the outcome, when both threads have ended. */
    abstract String look();

    final String end() {
        String found = look();
        pool.closeNow();
        return found;
    }
}
