package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import io.slabcache.memory.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A program in which caches share a limit: before the source of one cache hands out memory, it shrinks the next cache
 * of a ring, and its own. All caches grow at the same time.
 */
final class SourceRing {
    static final String DONE = "done";
    static final String HANGS = "hangs";
    static final String KNOWN_BAD = "known-bad";

    private static final int ROUNDS = 50;
    private static final long MILLIS_UNTIL_HANGING = 50_000;

    /** The known-bad variants hang from their first growth on. */
    private static final long MILLIS_UNTIL_KNOWN_BAD = 3_000;

    private final List<Member> members = new ArrayList<>();
    private final CyclicBarrier growing;

    /** One cache of the ring, which another one asks for memory. */
    private static class Member {
        SlabCache cache;

        void giveUp() {
            cache.shrink();
            cache.flush();
            cache.stats();
        }

        void grow(long[] objects) {
            cache.allocateBulk(objects, 0, objects.length);
        }
    }

    /** Known bad: holds a lock while it grows, which another thread needs to shrink it. */
    private static final class LockedMember extends Member {
        private final ReentrantLock lock = new ReentrantLock();

        @Override
        void giveUp() {
            lock.lock();
            try {
                super.giveUp();
            } finally {
                lock.unlock();
            }
        }

        @Override
        void grow(long[] objects) {
            lock.lock();
            try {
                super.grow(objects);
            } finally {
                lock.unlock();
            }
        }
    }

    private SourceRing(int caches, boolean knownBad) {
        growing = new CyclicBarrier(caches);
        for (int i = 0; i < caches; i++) {
            members.add(knownBad ? new LockedMember() : new Member());
        }
        for (int i = 0; i < caches; i++) {
            int number = i;
            members.get(i).cache = SlabCache.builder("ring " + i, 64)
                    .slabBytes(1024)
                    .memory((bytes, alignment) -> {
                        shrinkOthers(number);
                        return MemorySource.arena().allocate(bytes, alignment);
                    })
                    .build();
        }
    }

    private void shrinkOthers(int number) {
        meet();
        members.get((number + 1) % members.size()).giveUp();
        if (!(members.get(number) instanceof LockedMember)) {
            members.get(number).giveUp();
        }
        meet();
    }

    private void meet() {
        try {
            growing.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean ends(long patience) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(members.size());
        for (Member member : members) {
            Thread.ofPlatform().daemon().start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    // One slab each.
                    long[] objects = new long[16];
                    member.grow(objects);
                    member.cache.freeBulk(objects, 0, objects.length);
                    member.cache.flush();
                    member.cache.shrink();
                }
                ended.countDown();
            });
        }
        return ended.await(patience, TimeUnit.MILLISECONDS);
    }

    public static void main(String[] arguments) throws InterruptedException {
        boolean knownBad = arguments.length > 0 && arguments[0].equals(KNOWN_BAD);
        long patience = knownBad ? MILLIS_UNTIL_KNOWN_BAD : MILLIS_UNTIL_HANGING;
        boolean ends = true;
        for (int caches = 2; caches <= 3; caches++) {
            ends &= new SourceRing(caches, knownBad).ends(patience);
        }
        System.out.println(ends ? DONE : HANGS);
    }
}
