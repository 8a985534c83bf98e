package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.internal.util.CountedLock;
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
 * Owners of objects, each with an empty magazine, for Lincheck. Every other owner's magazines are larger than the
 * depot's first ones, so objects are poured from one size into the other. Objects are numbers from 1.
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

    final Depot depot = new Depot(
            new CountedLock(), new WorkingSet(MAX_FULL, MAX_FULL), Fixtures.size(SMALL, LARGE), Magazine::new);
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

    /** Exchanges the owner's empty magazine, and returns the objects that it got; the magazine is empty again afterwards. */
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

    /**
     * Fills the owner's magazine and exchanges it. Returns the size of the empty magazine that it got, or 0 if it had
     * too few objects.
     */
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

    /** Checks that every object is in one place, and that the depot's count is right. */
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
