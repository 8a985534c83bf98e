package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Owners of full magazines and a depot, for Lincheck. A magazine is identified by the number in it; 0 is none.
 *
 * <p>The only file of this check that calls the depot.
 */
public class DepotOperations {
    static final int MAX_FULL = 2;
    private static final int CAPACITY = 1;

    final Depot depot = Fixtures.depot(CAPACITY, MAX_FULL);
    private final List<Deque<Magazine>> held = new ArrayList<>();

    /** Gives each owner one magazine, identified by the owner's number plus one. */
    public DepotOperations() {
        for (int owner = 0; owner < Lincheck.OWNERS; owner++) {
            held.add(new ArrayDeque<>(List.of(Fixtures.magazine(CAPACITY, owner + 1))));
        }
    }

    private long keep(int owner, Magazine full) {
        if (full == null) {
            return 0;
        }
        held.get(owner).push(full);
        return full.queue[0];
    }

    /** Takes a full magazine and gives none. */
    @Operation
    public long takeFull(@Param(gen = ThreadIdGen.class) int owner) {
        return keep(owner, depot.takeFull());
    }

    /** Exchanges an empty magazine for a full one. */
    @Operation
    public long exchangeForFull(@Param(gen = ThreadIdGen.class) int owner) {
        return keep(owner, depot.exchangeForFull(new Magazine(CAPACITY)));
    }

    /** Returns whether the depot accepted the magazine that the owner got last. */
    @Operation
    public boolean giveFull(@Param(gen = ThreadIdGen.class) int owner) {
        Magazine full = held.get(owner).peek();
        boolean given = full != null && depot.giveFull(full);
        if (given) {
            held.get(owner).pop();
        }
        return given;
    }

    /** Like {@link #giveFull}, in exchange for an empty one. */
    @Operation
    public boolean exchangeForEmpty(@Param(gen = ThreadIdGen.class) int owner) {
        Magazine full = held.get(owner).peek();
        Magazine empty = full == null ? null : depot.exchangeForEmpty(full);
        if (empty == null) {
            return false;
        }
        held.get(owner).pop();
        if (empty.size != 0 || empty.below != null) {
            throw new AssertionError("the empty magazine is not empty, or still in the depot's stack");
        }
        return true;
    }

    /** Returns the number of full magazines in the depot. */
    @Operation
    public int full() {
        return depot.counts().full();
    }
}
