package io.slabcache.internal.slab;

import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.budget.BudgetSpentError;
import io.slabcache.internal.observe.Latencies;
import io.slabcache.internal.observe.Span;
import io.slabcache.internal.util.StackReserve;
import io.slabcache.internal.util.Waiting;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Adds slabs to a list: on a thread that needs an object, if there is no free one; or ahead of need, on a thread that
 * may take its time.
 */
public final class Grower implements SlabFactory.Claims {
    /** The way to the thread that makes slabs ahead of need. */
    public interface Helper {
        /** Makes it call {@link Grower#keep} soon. The caller holds nothing. */
        void wake();

        /** Makes it call {@link Grower#keep} soon, if it runs. Allocates nothing, throws nothing, waits for nothing. */
        void nudge();
    }

    /**
     * After this wait for the bound's last objects a thread is refused, because their makers may wait for this thread.
     */
    private static final long MOST_PATIENCE_NANOS = 10_000_000_000L;

    /** In stack reserves: for a section under a lock within a growth. */
    private static final int END = 4;

    /** The looks of a keeper at the growths of others: some, because another growth may end between two reads. */
    private static final int MOST_LOOKS = 10;

    private final Growths growths;
    private final SlabFactory factory;
    private final SlabList list;
    private final Gate gate;
    private final RegionReturns returns;
    private final GrowthStalls stalls = new GrowthStalls();
    private final Latencies latencies;

    // Both written before a second thread knows this: the free objects to keep ready, and their maker.
    private Lookahead ahead;
    private @Nullable Helper helper;

    private final AtomicLong shrinks = new AtomicLong();

    /** Why a budget refused memory, in words; null if the bound refused it since. */
    private volatile @Nullable String refusal;

    Grower(Growths growths, SlabFactory factory, SlabList list, Gate gate, RegionReturns returns, Latencies latencies) {
        this.growths = growths;
        this.factory = factory;
        this.list = list;
        this.gate = gate;
        this.returns = returns;
        this.latencies = latencies;
        this.ahead = new Lookahead(growths.geometry, 0);
    }

    /**
     * Names the thread that makes slabs ahead of need. Before another thread knows the cache.
     *
     * @param objects to keep ready even while the cache does not grow
     * @param helper called, perhaps often, by threads that find too few free objects or make a slab in a hurry
     */
    public void helpedBy(long objects, Helper helper) {
        this.ahead = new Lookahead(growths.geometry, objects);
        this.helper = helper;
    }

    /** Tells the helper if too few objects are free and there may be more. The caller may hold locks. */
    void noteUse() {
        Helper known = helper;
        if (known != null && isMissing(aheadNow())) {
            known.nudge();
        }
    }

    private long aheadNow() {
        return ahead.objects(list.sums.totalObjects());
    }

    private boolean isMissing(long objects) {
        return list.sums.isBelow(objects, growths.geometry.maxObjects());
    }

    /** {@return whether the cache grew in a hurry since it last gave memory back, so that the helper may be needed} */
    public boolean isGrowing() {
        return ahead.isGrowing();
    }

    /** {@return waits of threads that needed an object} */
    public GrowthStalls stalls() {
        return stalls;
    }

    /** Returns when there may be free objects, whichever thread made them; false if the bound or a budget allows none. */
    boolean grow() {
        Growth growth = Growth.hurried();
        Span span = latencies.begin(SlowStep.GROWTH_STALL);
        boolean grown = grow(growth);
        if (grown && growth.isStall) {
            stalls.add(System.nanoTime() - growth.wantedAt);
            latencies.end(SlowStep.GROWTH_STALL, growth.wantedAt, span, 0);
        }
        Helper known = helper;
        if (known != null && growth.isStall) {
            ahead.grew(list.sums.totalObjects());
            // Even if enough is free now, because a later nudge cannot start the helper.
            if (aheadNow() > 0) {
                known.wake();
            }
        }
        return grown;
    }

    /** {@return whether it added a slab, or looked in vain, because more objects have to be ready; then call it again} */
    public boolean keep() {
        Growth growth = Growth.kept(aheadNow());
        growth.shrinks = shrinks.get();
        return isMissing(growth.enough) && grow(growth);
    }

    /** Lets go of a slab that is being made ahead of need for a cache that shrinks now. */
    void noteShrink() {
        noteTrim();
        shrinks.incrementAndGet();
    }

    /** Notes that unused memory is given back, so that the cache does not get it again before it needs more. */
    public void noteTrim() {
        ahead.shrank();
    }

    /**
     * Adds one slab for the user, who waits.
     *
     * @param enough free objects that make it unnecessary
     * @return false if nothing was added because the bound is reached, or the supply is closed
     */
    public boolean reserve(long enough) {
        return grow(Growth.reserved(enough));
    }

    private boolean grow(Growth growth) {
        // What began must end, and its end takes a lock a little deeper in the stack than the begin did.
        StackReserve.claim(END);
        int steps = 0;
        while (gate.isOpen()) {
            long asOf = growths.ended();
            switch (growths.begin(growth, list.counts(), asOf)) {
                case BEGUN -> {
                    growth.isStall = true;
                    return make(growth) || areMadeAhead(growth);
                }
                case NOT_NEEDED -> {
                    return true;
                }
                case AT_BOUND -> {
                    refusal = null;
                    return false;
                }
                case REENTERED -> refuseWithinGrowth("needs a new slab");
                case WAIT -> {
                    growth.isStall = true;
                    if (!growth.mayWait() && steps >= MOST_LOOKS) {
                        return false;
                    }
                    Waiting.step(steps++);
                }
                case WAIT_AT_BOUND -> {
                    growth.isStall = true;
                    if (!growth.mayWait() || growth.hasWaitedFor(MOST_PATIENCE_NANOS)) {
                        refusal = null;
                        return false;
                    }
                    Waiting.step(steps++);
                }
            }
        }
        return false;
    }

    /** False if a budget has no room, which is a bound like any other to the callers. */
    private boolean make(Growth growth) {
        try {
            long since = System.nanoTime();
            Span span = latencies.begin(SlowStep.GROWTH);
            Slab slab = factory.create(growth, this);
            add(growth, slab);
            latencies.end(SlowStep.GROWTH, since, span, slab.objects());
            return true;
        } catch (BudgetSpentError e) {
            refusal = e.getMessage();
            return false;
        } finally {
            growths.end(growth);
        }
    }

    /**
     * Waits while a growth ahead of need, which may have taken the rest of the budget, goes on. Does not ask the budget
     * again: the objects of that growth are the last ones.
     *
     * @return whether there are free objects now
     */
    private boolean areMadeAhead(Growth growth) {
        for (int steps = 0; ; steps++) {
            // Read before the counts, because a growth ends after its slab was added.
            boolean goesOn = growths.isAnyAhead();
            if (list.counts().freeObjects() >= growth.enough) {
                return true;
            }
            if (!goesOn || !growth.mayWait() || growth.hasWaitedFor(MOST_PATIENCE_NANOS)) {
                return false;
            }
            Waiting.step(steps);
        }
    }

    /** Why a budget refused the last growth that was refused, in words; null if the bound did. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Claims first, so that a slab added in between is found in the list. */
    @Override
    public void claim(Growth growth, Slab slab) {
        growths.claim(growth, slab);
        list.requireApart(slab);
    }

    @Override
    public void withdraw(Growth growth) {
        growths.withdraw(growth);
    }

    private void add(Growth growth, Slab slab) {
        boolean added = false;
        Throwable because = new IllegalStateException("closed or shrunk meanwhile");
        try {
            added = (growth.shrinks < 0 || growth.shrinks == shrinks.get()) && list.add(slab);
        } catch (RuntimeException | Error e) {
            because = e;
            throw e;
        } finally {
            if (!added) {
                withdraw(growth);
                returns.discard(slab.region(), because);
                slab.retire();
            }
        }
    }

    /** Refuses calls that source and constructor must not make. Does nothing on any other thread. */
    void refuseWithinGrowth(String what) {
        Growth own = growths.own();
        if (own != null) {
            throw new IllegalStateException("the " + own.phase.code + " of this cache called the cache in a way that "
                    + what + "; expected " + own.phase.expected);
        }
    }
}
