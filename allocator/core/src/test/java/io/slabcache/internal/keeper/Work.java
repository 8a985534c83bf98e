package io.slabcache.internal.keeper;

import java.util.concurrent.atomic.AtomicInteger;

/** A cache with steps of work that a test sets. */
class Work implements Kept {
    final AtomicInteger left = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    volatile Need need = Need.NONE;

    @Override
    public boolean work(long now) {
        looks.incrementAndGet();
        return left.getAndUpdate(n -> Math.max(n - 1, 0)) > 0;
    }

    @Override
    public Need need() {
        return need;
    }
}
