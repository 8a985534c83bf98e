package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.MisuseReport.Kind;
import io.slabcache.internal.slab.Slab;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The debug layer finds writes around and into objects, and contradictions between its account and the slabs. It
 * reports each once, at the first call that can find it. Each test plants one kind of damage.
 */
class DebugLayerDamageTest {
    private final Planted planted = new Planted(Planted.ALL, 18, 8, 300);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 17})
    void aWriteAfterFreeIsFoundAtTheNextAllocation(int offset) {
        Planted planted = new Planted(Planted.POISON, 18, 8, 300);
        SlabObject object = planted.allocate();
        planted.free(object);
        Planted.write(object.slab(), object.address() + offset, 0x41);
        assertEquals(1, planted.survey().damages().size());
        assertEquals(object, planted.layer.takeQuarantined());

        Release release = planted.layer.handOut(object, null);
        Damage damage = release.damages().getFirst();
        assertEquals(1, release.damages().size());
        assertEquals(Kind.USE_AFTER_FREE, damage.kind());
        assertEquals(offset, damage.offset());
        assertEquals(object.address(), damage.object());
        assertTrue(damage.text().contains("is 0x41 instead of " + (offset == 17 ? "0xa5" : "0x6b")), damage.text());
        planted.assertClean(0, 1);
    }

    @Test
    void aWriteToAnObjectThatWasNeverAllocatedIsFound() {
        SlabObject object = planted.take();
        Planted.write(object.slab(), object.address() + 3, 0);
        assertEquals(
                Kind.USE_AFTER_FREE,
                planted.layer.handOut(object, null).damages().getFirst().kind());
    }

    @Test
    void damageIsBlamedOnTheObjectThatIsFreedAndReportedOnce() {
        Planted planted = new Planted(Planted.REDZONES, 18, 8, 300);
        SlabObject first = planted.allocate();
        SlabObject second = planted.allocate();
        Planted.write(first.slab(), first.address() + 20, 0x41);

        Damage damage = planted.free(first).damages().getFirst();
        assertEquals(Kind.REDZONE, damage.kind());
        assertEquals(20, damage.offset());
        assertEquals(first.index(), damage.index());
        assertTrue(damage.text().contains("past the end"), damage.text());
        assertTrue(damage.text().contains("borders on object 1, too, which is live"), damage.text());
        assertEquals(List.of(), planted.free(second).damages());
        planted.assertClean(0, 1);
    }

    @Test
    void aFreeChecksBothRedzones() {
        Planted planted = new Planted(Planted.REDZONES, 18, 8, 300);
        SlabObject object = planted.allocate();
        Planted.write(object.slab(), object.address() - 1, 0x41);
        Planted.write(object.slab(), object.address() + 18, 0x42);
        List<Long> offsets =
                planted.free(object).damages().stream().map(Damage::offset).toList();
        assertEquals(List.of(-1L, 18L), offsets);
    }

    @Test
    void anAllocationDoesNotCheckTheRedzonesOfLiveNeighbours() {
        Planted planted = new Planted(Planted.REDZONES, 18, 8, 300);
        SlabObject culprit = planted.allocate();
        Planted.write(culprit.slab(), culprit.address() + 18, 0x41);
        SlabObject neighbour = planted.allocate();
        assertEquals(culprit.index() + 1, neighbour.index());
        assertEquals(1, planted.free(culprit).damages().size());
        planted.free(neighbour);
    }

    @Test
    void anAllocationChecksTheRedzonesBetweenFreeObjects() {
        Planted planted = new Planted(Planted.REDZONES, 18, 8, 300);
        SlabObject object = planted.take();
        Planted.write(object.slab(), object.address() + 18, 0x41);
        assertEquals(
                Kind.REDZONE,
                planted.layer.handOut(object, null).damages().getFirst().kind());
        planted.assertClean(0, 1);
    }

    @Test
    void aSurveyFindsEachDamageOnceAndChangesNothing() {
        SlabObject live = planted.allocate();
        SlabObject freed = planted.allocate();
        planted.free(freed);
        long last = planted.slab().address(299);
        Planted.write(live.slab(), live.address() - 16, 1);
        Planted.write(live.slab(), live.address() + 18, 1);
        Planted.write(live.slab(), freed.address() + 17, 1);
        Planted.write(live.slab(), last, 1);
        Planted.write(live.slab(), last + 39, 1);
        for (int round = 0; round < 2; round++) {
            Survey survey = planted.survey();
            assertEquals(
                    List.of(-16L, 18L, 17L, 39L, 0L),
                    survey.damages().stream().map(Damage::offset).toList());
            assertEquals(1, survey.live());
            assertEquals(1, survey.quarantined());
        }
    }

    @Test
    void theLastLookFindsWhatWasWrittenAndNothingElse() {
        SlabObject live = planted.allocate();
        SlabObject freed = planted.allocate();
        planted.free(freed);
        Slab slab = planted.slab();
        assertEquals(List.of(), planted.layer.lastLook(List.of(slab)));
        Planted.write(slab, live.address(), 1);
        Planted.write(slab, live.address() + 18, 1);
        Planted.write(slab, freed.address() + 3, 1);
        Planted.write(slab, slab.address(299) + 39, 1);
        List<Damage> found = planted.layer.lastLook(List.of(slab));
        assertEquals(List.of(18L, 3L, 39L), found.stream().map(Damage::offset).toList());
        assertTrue(found.getFirst().text().contains("the memory went back to its source"));
        assertEquals(List.of(), new Planted(Planted.SANITY, 18, 8, 300).layer.lastLook(List.of(slab)));
    }

    /** A forced close runs after the slab has given up an object and before the account records it as live. */
    @Test
    void theLastLookToleratesAnInterruptedStep() {
        planted.take();
        assertEquals(1, planted.survey().damages().size());
        assertEquals(List.of(), planted.layer.lastLook(List.of(planted.slab())));
    }

    @Test
    void anObjectThatIsHandedOutTwiceIsFound() {
        Planted planted = new Planted(Planted.SANITY, 18, 8, 300);
        SlabObject object = planted.allocate();
        Damage damage = planted.layer.handOut(object, null).damages().getFirst();
        assertEquals(Kind.SLAB, damage.kind());
        assertTrue(damage.text().contains("handed out twice"), damage.text());
        assertEquals(-1, planted.free(object).refused());
    }

    @Test
    void anObjectThatIsLiveAndFreeInItsSlabIsFound() {
        Planted planted = new Planted(Planted.SANITY, 18, 8, 300);
        SlabObject object = planted.allocate();
        planted.supply.free(object.address());
        assertEquals(Kind.SLAB, planted.survey().damages().getFirst().kind());
        Damage damage = planted.free(object).damages().getFirst();
        assertEquals(Kind.SLAB, damage.kind());
        assertTrue(damage.text().contains("in two places"), damage.text());
    }

    @Test
    void withoutSanityTheFreeMapIsNotCompared() {
        Planted planted = new Planted(Planted.NONE, 18, 8, 300);
        SlabObject object = planted.allocate();
        planted.supply.free(object.address());
        assertEquals(List.of(), planted.free(object).damages());
    }
}
