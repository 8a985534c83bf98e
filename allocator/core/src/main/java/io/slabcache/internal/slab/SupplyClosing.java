package io.slabcache.internal.slab;

import io.slabcache.internal.util.StackReserve;
import java.util.function.BooleanSupplier;

/** The end of a supply: decides whether to close it, and gives all memory back. */
final class SupplyClosing {
    /** In stack reserves: enough to finish a close that was begun. */
    private static final int CLOSING = 8;

    private final SlabList list;
    private final Grower grower;
    private final Gate gate;
    private final RegionReturns returns;
    private final SlabDepartures departures;
    private final SlabSpace space;

    SupplyClosing(
            SlabList list,
            Grower grower,
            Gate gate,
            RegionReturns returns,
            SlabDepartures departures,
            SlabSpace space) {
        this.list = list;
        this.grower = grower;
        this.gate = gate;
        this.returns = returns;
        this.departures = departures;
        this.space = space;
    }

    /** As {@link SlabSupply#closeIf}. */
    boolean closeIf(BooleanSupplier condition) {
        grower.refuseWithinGrowth("closes it");
        while (gate.isOpen()) {
            StackReserve.claim(CLOSING);
            if (gate.trySeal() && !holdsWhileSealed(condition)) {
                return false;
            }
        }
        giveAllBack();
        return true;
    }

    private boolean holdsWhileSealed(BooleanSupplier condition) {
        boolean holds = false;
        try {
            list.seal(true);
            holds = condition.getAsBoolean();
            return holds;
        } finally {
            // Allocates nothing, because otherwise the decision might never be published.
            if (!holds) {
                list.seal(false);
            }
            gate.decide(holds);
        }
    }

    private void giveAllBack() {
        Returned returned = new Returned();
        returns.retry();
        try {
            departures.release(list.removeAll(), returned);
        } finally {
            departures.report();
        }
        int reservations = space.end();
        if (returned.failure() instanceof VirtualMachineError error) {
            throw error;
        }
        if (returned.failure() != null) {
            throw returned.refusalOfClose();
        }
        int held = returns.held();
        if (held > 0 || reservations > 0) {
            throw new IllegalStateException(
                    "cache closed, but " + (held > 0 ? "the memory of " + held + " slabs is" : "all of its memory is")
                            + " still held by a lease, a native call or an I/O operation; close again when that has ended");
        }
    }
}
