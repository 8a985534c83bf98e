package io.slabcache.tests.budget;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemoryBudget;
import io.slabcache.memory.MemoryRegion;
import io.slabcache.memory.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program in which two, then three, caches want more memory than their budget has: at first all are refused, because a
 * foreign region takes everything; then there is room for all but one, and they take each other's slabs all the
 * time.
 */
final class BudgetRing {
    static final String DONE = "done";
    static final String HANGS = "hangs";
    static final String KNOWN_BAD = "known-bad";

    private static final int OBJECTS = 16;
    private static final long SLAB_BYTES = 1024;
    private static final int REFUSALS = 500;
    private static final int ROUNDS = 3_000;
    private static final long MILLIS_UNTIL_HANGING = 50_000;
    private static final long MILLIS_UNTIL_KNOWN_BAD = 3_000;

    private final List<Member> members = new ArrayList<>();
    private final MemoryBudget budget;
    private final MemorySource memory;
    private final CyclicBarrier refused;
    private final long patience;

    private BudgetRing(int caches, boolean knownBad) {
        budget = MemoryBudget.ofBytes((caches - 1) * (SLAB_BYTES + 48));
        memory = budget.limit(MemorySource.arena());
        refused = new CyclicBarrier(caches);
        patience = knownBad ? MILLIS_UNTIL_KNOWN_BAD : MILLIS_UNTIL_HANGING;
        for (int i = 0; i < caches; i++) {
            members.add(knownBad ? new LockedMember(i) : new Member(i, memory));
        }
    }

    /** A cache and the calls of its thread. */
    private static class Member {
        final SlabCache cache;

        Member(int number, MemorySource memory) {
            cache = SlabCache.builder("ring " + number, 64)
                    .slabBytes(SLAB_BYTES)
                    .memory(memory)
                    .build();
        }

        /** Returns whether there was memory. */
        boolean step() {
            long[] objects = new long[OBJECTS];
            boolean served = cache.allocateBulk(objects, 0, OBJECTS);
            if (served) {
                cache.freeBulk(objects, 0, OBJECTS);
                cache.flush();
            }
            return served;
        }
    }

    /** Known bad: holds a lock while the next cache is asked for memory, which the thread of that one needs, too. */
    private final class LockedMember extends Member {
        private final ReentrantLock lock = new ReentrantLock();
        private final int number;

        LockedMember(int number) {
            super(number, (bytes, alignment) -> new Asking(members.get(number)).allocate(bytes, alignment));
            this.number = number;
        }

        @Override
        boolean step() {
            lock.lock();
            try {
                return super.step();
            } finally {
                lock.unlock();
            }
        }

        void giveUp() {
            lock.lock();
            try {
                cache.shrink();
            } finally {
                lock.unlock();
            }
        }
    }

    /** A budget that asks the next cache under the lock of the one that needs memory. */
    private final class Asking implements MemorySource {
        private final LockedMember member;

        Asking(Member member) {
            this.member = (LockedMember) member;
        }

        @Override
        public MemoryRegion allocate(long bytes, long alignment) {
            try {
                return memory.allocate(bytes, alignment);
            } catch (OutOfMemoryError e) {
                meet();
                ((LockedMember) members.get((member.number + 1) % members.size())).giveUp();
                throw e;
            }
        }
    }

    private void meet() {
        try {
            refused.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private boolean ends() throws InterruptedException {
        MemoryRegion everything = memory.allocate(budget.limitBytes(), 8);
        boolean ends = ends(member -> {
            for (int i = 0; i < REFUSALS; i++) {
                if (member.step()) {
                    throw new AssertionError("there was memory");
                }
            }
        });
        if (!ends) {
            return false;
        }
        everything.close();
        // Each thread has to be served so often, whatever the others do.
        ends = ends(member -> {
            for (int served = 0; served < ROUNDS; ) {
                served += member.step() ? 1 : 0;
            }
        });
        members.forEach(member -> member.cache.close());
        return ends && budget.usedBytes() == 0;
    }

    private interface Work {
        void run(Member member);
    }

    private boolean ends(Work work) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(members.size());
        for (Member member : members) {
            Thread.ofPlatform().daemon().start(() -> {
                work.run(member);
                ended.countDown();
            });
        }
        return ended.await(patience, TimeUnit.MILLISECONDS);
    }

    public static void main(String[] arguments) throws InterruptedException {
        boolean knownBad = arguments.length > 0 && arguments[0].equals(KNOWN_BAD);
        boolean ends = true;
        for (int caches = 2; caches <= 3; caches++) {
            ends &= new BudgetRing(caches, knownBad).ends();
        }
        System.out.println(ends ? DONE : HANGS);
    }
}
