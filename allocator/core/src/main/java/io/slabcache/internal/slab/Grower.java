package io.slabcache.internal.slab;

import io.slabcache.internal.budget.BudgetSpentError;
import io.slabcache.internal.util.Waiting;
import org.jspecify.annotations.Nullable;

/** Adds slabs to a list without free objects, on the thread that needs one. */
final class Grower implements SlabFactory.Claims {
    /**
     * After this wait for the bound's last objects a thread is refused, because their makers may wait for this thread.
     */
    private static final long MOST_PATIENCE_NANOS = 10_000_000_000L;

    private final Growths growths;
    private final SlabFactory factory;
    private final SlabList list;
    private final Gate gate;
    private final RegionReturns returns;

    /** Why a budget refused memory, in words; null if the bound refused it since. */
    private volatile @Nullable String refusal;

    Grower(Growths growths, SlabFactory factory, SlabList list, Gate gate, RegionReturns returns) {
        this.growths = growths;
        this.factory = factory;
        this.list = list;
        this.gate = gate;
        this.returns = returns;
    }

    /** Returns when there may be free objects, whichever thread made them; false if the bound or a budget allows none. */
    boolean grow() {
        Growth growth = new Growth();
        int steps = 0;
        while (gate.isOpen()) {
            long asOf = growths.ended();
            switch (growths.begin(growth, list.counts(), asOf)) {
                case BEGUN -> {
                    return make(growth);
                }
                case NOT_NEEDED -> {
                    return true;
                }
                case AT_BOUND -> {
                    refusal = null;
                    return false;
                }
                case REENTERED -> refuseWithinGrowth("needs a new slab");
                case WAIT -> Waiting.step(steps++);
                case WAIT_AT_BOUND -> {
                    if (growth.hasWaitedFor(MOST_PATIENCE_NANOS)) {
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
            Slab slab = factory.create(growth, this);
            add(growth, slab);
            return true;
        } catch (BudgetSpentError e) {
            refusal = e.getMessage();
            return false;
        } finally {
            growths.end(growth);
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
        Throwable because = new IllegalStateException("closed meanwhile");
        try {
            added = list.add(slab);
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
