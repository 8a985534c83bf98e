package io.slabcache.tests.soak;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheExhaustedException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.tests.support.NonNegative;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * The work of one thread in one round. The seed alone determines what it attempts in a step; what it gets may depend on
 * the others.
 */
final class Worker implements Runnable {
    private static final int MOST_HELD = 300;

    /** Frees all objects after so many steps, so that slabs come and go. */
    private static final int TIDE = 300;

    private static final int LARGEST_BATCH = 100;
    private static final int MOST_SINGLES = 12;
    private static final int EXCHANGES_IN_100 = 25;
    private static final int CHORES_IN_100 = 5;
    private static final int CALLS_PER_OVERFLOW = 30;

    /** In frames; with more of them no call overflows. */
    private static final int MOST_ROOM = 200;

    private static final Entry[] ENTRIES = Entry.values();

    private final SoakRun run;
    private final int number;
    private final int round;
    private final SplittableRandom choices;
    private final Holdings holdings;
    private ObjectAllocator[] locals;
    private int step;
    private Target target;

    Worker(SoakRun run, int number, int round, SplittableRandom choices, Holdings holdings) {
        this.run = run;
        this.number = number;
        this.round = round;
        this.choices = choices;
        this.holdings = holdings;
    }

    @Override
    public void run() {
        try {
            locals = run.targets().stream().map(t -> t.cache().local()).toArray(ObjectAllocator[]::new);
            for (step = 0; step < run.settings().steps() && !run.hasFailed(); step++) {
                step(choices.split());
                if (step % TIDE == TIDE - 1) {
                    ebb();
                }
                run.countStep();
            }
        } catch (Throwable e) {
            run.fail(this, e);
        }
    }

    private void step(SplittableRandom random) {
        int place = random.nextInt(run.targets().size());
        target = run.targets().get(place);
        ObjectAllocator door = random.nextBoolean() ? target.cache() : locals[place];
        boolean wasInterrupted = Thread.currentThread().isInterrupted();
        int kind = random.nextInt(100);
        if (kind < EXCHANGES_IN_100) {
            exchange(random);
        } else if (kind < EXCHANGES_IN_100 + CHORES_IN_100) {
            chore(random, door);
        } else if (holdings.count(target) < random.nextInt(MOST_HELD)) {
            allocate(random, door);
        } else {
            free(random, door);
        }
        if (wasInterrupted && !Thread.interrupted()) {
            throw new AssertionError("a call took the interrupt away");
        }
    }

    private void ebb() {
        for (int i = 0; i < locals.length; i++) {
            target = run.targets().get(i);
            for (Held held : holdings.removeAll(target)) {
                held.check();
                held.markFree(mark());
                target.access().free(locals[i], false, held.address());
                target.freed().increment();
            }
            locals[i].flush();
            target.cache().shrink();
        }
    }

    private void exchange(SplittableRandom random) {
        Held given = holdings.remove(target, random);
        Held taken = run.table().exchange(random, given);
        if (taken != null) {
            taken.check();
            Contents.fill(taken.segment(), mark());
            holdings.add(new Held(taken.target(), taken.address(), mark()));
        }
    }

    private void chore(SplittableRandom random, ObjectAllocator door) {
        SlabCache cache = target.cache();
        switch (random.nextInt(4)) {
            case 0 -> door.flush();
            case 1 -> prefill(door, random.nextInt(MOST_HELD));
            case 2 -> cache.shrink();
            default -> check(cache.stats());
        }
    }

    private void prefill(ObjectAllocator door, int wanted) {
        try {
            int filled = door.prefill(wanted);
            require(filled >= 0 && filled <= wanted, "prefill promised " + filled + " of " + wanted);
        } catch (OutOfMemoryError | RuntimeException e) {
            tolerate(e);
        }
    }

    private void check(SlabCacheStats stats) {
        NonNegative.check(stats);
        require(stats.allocations() == stats.frees() + stats.liveObjects(), "allocations do not add up: " + stats);
        require(stats.totalObjects() <= stats.maxObjects(), "beyond the bound: " + stats);
    }

    private void allocate(SplittableRandom random, ObjectAllocator door) {
        try {
            if (random.nextInt(4) == 0) {
                allocateBulk(door, random.nextBoolean(), 1 + random.nextInt(LARGEST_BATCH));
            } else {
                Entry entry = ENTRIES[random.nextInt(ENTRIES.length)];
                for (int i = 1 + random.nextInt(MOST_SINGLES); i > 0; i--) {
                    allocateOne(random, door, entry);
                }
            }
        } catch (OutOfMemoryError | RuntimeException e) {
            tolerate(e);
        }
    }

    private void allocateBulk(ObjectAllocator door, boolean asSegments, int count) {
        long[] addresses = new long[count];
        if (!target.access().allocateBulk(door, asSegments, addresses, count)) {
            require(target.isBounded(), "a bulk was refused without a bound");
            return;
        }
        for (long address : addresses) {
            receive(address, false);
        }
    }

    private void allocateOne(SplittableRandom random, ObjectAllocator door, Entry entry) {
        long[] found = new long[1];
        boolean isWhole = call(random, () -> found[0] = target.access().allocate(door, entry));
        if (found[0] != 0) {
            receive(found[0], entry == Entry.ALLOCATE_ZEROED);
        } else if (isWhole && !target.isBounded() && !entry.givesUpEarly()) {
            throw new AssertionError(entry + " gave nothing without a bound");
        }
    }

    /** Makes a call, at times with little stack left; returns false if it overflowed. */
    private boolean call(SplittableRandom random, Runnable call) {
        if (!run.faults().contains(Fault.STACK) || random.nextInt(CALLS_PER_OVERFLOW) != 0) {
            call.run();
            return true;
        }
        boolean isWhole = StackEdge.run(random.nextInt(MOST_ROOM), call);
        if (!isWhole) {
            target.cutShort().increment();
        }
        return isWhole;
    }

    /** Checks that no other worker has the object, and marks it as this worker's. */
    private void receive(long address, boolean isZeroed) {
        target.allocated().increment();
        MemorySegment object = target.cache().segment(address);
        boolean isAligned = (address & target.cache().alignment() - 1) == 0;
        if (object.byteSize() != target.cache().objectSize() || !isAligned) {
            throw new AssertionError("wrong size or alignment: " + Contents.name(object));
        }
        if (isZeroed) {
            Contents.checkZero(object);
        } else if (target.isConstructed()) {
            Contents.checkFree(object);
        }
        Contents.fill(object, mark());
        holdings.add(new Held(target, address, mark()));
    }

    private void free(SplittableRandom random, ObjectAllocator door) {
        boolean asSegments = random.nextBoolean();
        boolean inBulk = random.nextInt(4) == 0;
        long[] addresses = new long[1 + random.nextInt(inBulk ? LARGEST_BATCH : MOST_SINGLES)];
        int count = 0;
        for (Held held; count < addresses.length && (held = holdings.remove(target, random)) != null; ) {
            held.check();
            held.markFree(mark());
            addresses[count++] = held.address();
        }
        if (inBulk) {
            target.access().freeBulk(door, asSegments, addresses, count);
            target.freed().add(count);
        } else {
            for (int i = 0; i < count; i++) {
                long address = addresses[i];
                if (call(random, () -> target.access().free(door, asSegments, address))) {
                    target.freed().increment();
                }
            }
        }
    }

    /** Accepts failures at the bound and injected faults; rethrows all others. */
    private void tolerate(Throwable thrown) {
        boolean isExpected = thrown instanceof CacheExhaustedException ? target.isBounded() : Injected.is(thrown);
        if (!isExpected) {
            throw new AssertionError("unexpected: " + thrown, thrown);
        }
    }

    private Mark mark() {
        return new Mark(true, number, round, step);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Returns where it is. */
    @Override
    public String toString() {
        return "round " + round + ", thread " + number + ", step " + step + ", " + target;
    }
}
