package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A chain is a doubly linked list of slabs, compared with an {@link ArrayList} for random moves between two chains. */
class SlabChainTest {
    private final SlabChain<Slab> chain = new SlabChain<>();
    private final SlabChain<Slab> other = new SlabChain<>();
    private final Slab a = slab();
    private final Slab b = slab();
    private final Slab c = slab();

    private static Slab slab() {
        return Slabs.at(4096, Slabs.geometry(64), 1);
    }

    private static void assertHolds(SlabChain<Slab> chain, Slab... expected) {
        List<Slab> forward = new ArrayList<>();
        // Taken off the head, and put back in the same order.
        for (Slab slab; (slab = chain.first()) != null; ) {
            assertTrue(slab.link.isOn(chain));
            forward.add(slab);
            slab.link.leave();
        }
        forward.reversed().forEach(slab -> chain.accept(slab.link));
        assertEquals(List.of(expected), forward);
        assertEquals(expected.length, chain.length());
    }

    @Test
    void aNewChainIsEmpty() {
        assertHolds(chain);
        assertNull(chain.first());
    }

    @Test
    void theLastAcceptedIsTheFirst() {
        chain.accept(a.link);
        chain.accept(b.link);
        chain.accept(c.link);
        assertHolds(chain, c, b, a);
    }

    @Test
    void aSlabThatIsOnTheChainKeepsItsPlace() {
        chain.accept(a.link);
        chain.accept(b.link);
        chain.accept(a.link);
        assertHolds(chain, b, a);
    }

    @Test
    void aSlabIsTakenOffTheChainItWasOn() {
        chain.accept(a.link);
        chain.accept(b.link);
        chain.accept(c.link);
        other.accept(b.link);
        assertHolds(chain, c, a);
        assertHolds(other, b);
    }

    @Test
    void theFirstTheMiddleAndTheLastCanBeRemoved() {
        for (Slab gone : List.of(a, b, c)) {
            chain.accept(c.link);
            chain.accept(b.link);
            chain.accept(a.link);
            gone.link.leave();
            assertFalse(gone.link.isOn(chain));
            List<Slab> left = new ArrayList<>(List.of(a, b, c));
            left.remove(gone);
            assertHolds(chain, left.toArray(Slab[]::new));
            left.forEach(slab -> slab.link.leave());
            assertHolds(chain);
        }
    }

    @Test
    void randomMovesAgreeWithTwoLists() {
        List<Slab> all = List.of(a, b, c, slab(), slab());
        List<Slab> onChain = new ArrayList<>();
        List<Slab> onOther = new ArrayList<>();
        Random random = new Random(1);
        for (int step = 0; step < 2000; step++) {
            Slab slab = all.get(random.nextInt(all.size()));
            boolean toChain = random.nextBoolean();
            (toChain ? chain : other).accept(slab.link);
            List<Slab> to = toChain ? onChain : onOther;
            if (!to.contains(slab)) {
                (toChain ? onOther : onChain).remove(slab);
                to.add(0, slab);
            }
            assertHolds(chain, onChain.toArray(Slab[]::new));
            assertHolds(other, onOther.toArray(Slab[]::new));
        }
    }
}
