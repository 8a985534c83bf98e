package io.slabcache.tests.jcstress;

import java.lang.foreign.MemorySegment;

/** Known bad: an allocation from its stack takes no lock, so two threads may pop the same object. */
final class PoolWithoutLock extends SimplePool {
    PoolWithoutLock(int objects) {
        super(objects);
    }

    @Override
    public MemorySegment tryAllocate() {
        int top = available() - 1;
        waitForAnother();
        return take(top);
    }
}
