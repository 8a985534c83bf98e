package io.slabcache.internal.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlabChainTest {
    private final SlabChain chain = new SlabChain();
    private final SlabChain other = new SlabChain();
    private final Slab a = slab();
    private final Slab b = slab();
    private final Slab c = slab();

    private static Slab slab() {
        return Slabs.at(4096, Slabs.geometry(64), 1);
    }

    private static void assertHolds(SlabChain chain, Slab... expected) {
        List<Slab> forward = new ArrayList<>();
        Slab last = null;
        for (Slab slab = chain.first(); slab != null; slab = slab.next) {
            assertSame(chain, slab.chain);
            assertSame(last, slab.previous);
            forward.add(slab);
            last = slab;
        }
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
        chain.accept(a);
        chain.accept(b);
        chain.accept(c);
        assertHolds(chain, c, b, a);
    }

    @Test
    void aSlabThatIsOnTheChainKeepsItsPlace() {
        chain.accept(a);
        chain.accept(b);
        chain.accept(a);
        assertHolds(chain, b, a);
    }

    @Test
    void aSlabIsTakenOffTheChainItWasOn() {
        chain.accept(a);
        chain.accept(b);
        chain.accept(c);
        other.accept(b);
        assertHolds(chain, c, a);
        assertHolds(other, b);
    }

    @Test
    void theFirstTheMiddleAndTheLastCanBeRemoved() {
        for (Slab gone : List.of(a, b, c)) {
            chain.accept(c);
            chain.accept(b);
            chain.accept(a);
            chain.remove(gone);
            assertNull(gone.chain);
            assertNull(gone.next);
            assertNull(gone.previous);
            List<Slab> left = new ArrayList<>(List.of(a, b, c));
            left.remove(gone);
            assertHolds(chain, left.toArray(Slab[]::new));
            left.forEach(chain::remove);
            assertHolds(chain);
        }
    }

    @Test
    void aSlabOfAnotherChainIsNotRemoved() {
        other.accept(a);
        assertThrows(AssertionError.class, () -> chain.remove(a));
    }

    @Test
    void anyOrderOfMovesAgreesWithTwoLists() {
        List<Slab> all = List.of(a, b, c, slab(), slab());
        List<Slab> onChain = new ArrayList<>();
        List<Slab> onOther = new ArrayList<>();
        Random random = new Random(1);
        for (int step = 0; step < 2000; step++) {
            Slab slab = all.get(random.nextInt(all.size()));
            boolean toChain = random.nextBoolean();
            (toChain ? chain : other).accept(slab);
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
