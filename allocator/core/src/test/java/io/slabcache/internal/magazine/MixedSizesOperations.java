package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.Holders;
import io.slabcache.internal.util.Lincheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * Owners of objects, each with an empty magazine, for Lincheck. The magazines of every other owner are larger than those
 * that the depot has at first, so objects are poured from one size into the other. Objects are numbers from 1.
 *
 * <p>The only file of this check that calls the depot.
 */
public class MixedSizesOperations {
    static final int SMALL = 1;
    static final int LARGE = 2;
    private static final int MAX_FULL = 16;
    private static final int OBJECTS_PER_OWNER = 2;
    private static final int FULL = 6;
    private static final int OBJECTS = FULL + Lincheck.OWNERS * OBJECTS_PER_OWNER;

    final Depot depot = new Depot(new WorkingSet(MAX_FULL, MAX_FULL), Fixtures.size(SMALL, LARGE), Magazine::new);
    private final List<Deque<Long>> stocks = new ArrayList<>();
    private final Magazine[] hands = new Magazine[Lincheck.OWNERS];

    /** The depot has some small magazines. */
    public MixedSizesOperations() {
        for (Magazine full : Fixtures.fullMagazines(FULL, SMALL)) {
            depot.giveFull(full);
        }
        long next = FULL + 1;
        for (int owner = 0; owner < Lincheck.OWNERS; owner++) {
            hands[owner] = new Magazine(capacityOf(owner));
            stocks.add(new ArrayDeque<>());
            for (int i = 0; i < OBJECTS_PER_OWNER; i++) {
                stocks.get(owner).push(next++);
            }
        }
    }

    static int capacityOf(int owner) {
        return owner % 2 == 0 ? SMALL : LARGE;
    }

    Magazine exchangeForFull(Magazine empty) {
        return depot.exchangeForFull(empty);
    }

    /** The objects that the owner got for his empty magazine, which he has emptied again. */
    @Operation
    public List<Long> take(@Param(gen = ThreadIdGen.class) int owner) {
        Magazine full = exchangeForFull(hands[owner]);
        if (full == null) {
            return List.of();
        }
        hands[owner] = full;
        List<Long> taken = new ArrayList<>();
        full.forEach(taken::add);
        full.size = 0;
        taken.forEach(stocks.get(owner)::push);
        return taken;
    }

    /** How large the empty magazine is that the owner got for his own, filled; 0 if he had not enough objects to fill it. */
    @Operation
    public int give(@Param(gen = ThreadIdGen.class) int owner) {
        Magazine hand = hands[owner];
        Deque<Long> stock = stocks.get(owner);
        if (stock.size() < hand.queue.length) {
            return 0;
        }
        while (!hand.isFull()) {
            hand.queue[hand.size++] = stock.pop();
        }
        Magazine empty = depot.exchangeForEmpty(hand);
        if (empty == null || empty.size != 0 || empty.below != null) {
            throw new AssertionError("refused, or the empty magazine is not empty, or still in the depot's stack");
        }
        hands[owner] = empty;
        return empty.queue.length;
    }

    /** Every object is in one place, and the depot knows how many it has. */
    @Validate
    public void validate() {
        new Holders(1, 1, OBJECTS).assertEachInOnePlace(this::forEach, 0);
        long withOwners = stocks.stream().mapToLong(Deque::size).sum();
        assertEquals(OBJECTS - withOwners, depot.counts().objects());
    }

    private void forEach(LongConsumer action) {
        stocks.forEach(stock -> stock.forEach(action::accept));
        depot.forEach(action);
    }
}
