package io.slabcache.tests.jcstress;

/**
 * What two threads do with one pool at the same moment. The tests of a scenario have their own actors and arbiter, because
 * jcstress looks for these in the class of the test itself; what they do is said once, in the scenario.
 */
abstract class Scenario {
    final Pool pool;

    Scenario(Pool pool) {
        this.pool = pool;
    }

    /** The name of the outcome, when both threads have ended. */
    abstract String look();

    final String end() {
        String found = look();
        pool.closeNow();
        return found;
    }
}
