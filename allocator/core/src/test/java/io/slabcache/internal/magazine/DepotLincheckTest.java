package io.slabcache.internal.magazine;

import io.slabcache.internal.util.ForgetfulLock;
import io.slabcache.internal.util.Lincheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A depot behaves as a bounded stack of full magazines when several threads use it: Lincheck compares it with a stack.
 * It must catch a depot that exchanges without its lock.
 */
class DepotLincheckTest {
    @ParameterizedTest
    @EnumSource
    void aDepotIsABoundedStack(Lincheck lincheck) {
        lincheck.assertLinearizable(DepotOperations.class, BoundedStack.class);
    }

    @ParameterizedTest
    @EnumSource
    void anExchangeWithoutTheLockIsFound(Lincheck lincheck) {
        lincheck.assertCaught(ForgetfulExchange.class, BoundedStack.class);
    }

    /** The sequential specification of a depot. */
    public static class BoundedStack {
        private final Deque<Long> full = new ArrayDeque<>();
        private final List<Deque<Long>> held = new ArrayList<>();

        /** Each owner holds the magazine with its own number. */
        public BoundedStack() {
            for (long owner = 0; owner < Lincheck.OWNERS; owner++) {
                held.add(new ArrayDeque<>(List.of(owner + 1)));
            }
        }

        public long takeFull(int owner) {
            if (full.isEmpty()) {
                return 0;
            }
            held.get(owner).push(full.peek());
            return full.pop();
        }

        public long exchangeForFull(int owner) {
            return takeFull(owner);
        }

        public boolean giveFull(int owner) {
            if (held.get(owner).isEmpty() || full.size() == DepotOperations.MAX_FULL) {
                return false;
            }
            full.push(held.get(owner).pop());
            return true;
        }

        public boolean exchangeForEmpty(int owner) {
            return giveFull(owner);
        }

        public int full() {
            return full.size();
        }
    }

    /** Known bad: one of the calls does not take the lock. */
    public static class ForgetfulExchange extends DepotOperations {
        private final ForgetfulLock lock = ForgetfulLock.at(depot, "lock", "lock");

        @Override
        public long exchangeForFull(int owner) {
            return lock.forgottenIn(() -> super.exchangeForFull(owner));
        }
    }
}
