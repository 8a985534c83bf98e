package io.slabcache.tests.jcstress;

/**
 * The actions of two threads on one pool at the same time. Each test has its own actors and arbiter, because jcstress
 * ignores inherited ones; they call the scenario, which has the only implementation.
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
