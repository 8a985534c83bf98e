package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Threads;
import io.slabcache.internal.util.Threads.Running;
import java.util.concurrent.CountDownLatch;

/** Another thread that holds the lock of a depot with at least one full magazine, from construction until release. */
final class HeldDepot {
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final Running<Object> holder;

    HeldDepot(Depot depot) {
        CountDownLatch held = new CountDownLatch(1);
        holder = Threads.start(() -> {
            depot.forEach(address -> {
                held.countDown();
                Threads.await(mayEnd);
            });
            return null;
        });
        Threads.await(held);
    }

    void letGo() throws Exception {
        mayEnd.countDown();
        holder.result();
    }
}
