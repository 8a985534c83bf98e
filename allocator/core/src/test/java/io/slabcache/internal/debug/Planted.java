package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabGeometry;
import io.slabcache.internal.slab.SlabSupply;
import io.slabcache.internal.util.FakeSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A debug layer over real slabs, for tests that corrupt memory. */
public final class Planted {
    static final DebugOptions SANITY = new DebugOptions(true, false, false, false, false);
    static final DebugOptions REDZONES = new DebugOptions(false, true, false, false, false);
    static final DebugOptions POISON = new DebugOptions(false, false, true, true, false);
    static final DebugOptions ALL = new DebugOptions(true, true, true, true, true);
    public static final DebugOptions NONE = new DebugOptions(false, false, false, false, false);
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    final AtomicReference<Instant> now = new AtomicReference<>(START);
    final FakeSource source = new FakeSource();
    final SlabGeometry geometry;
    final DebugLayer layer;
    public final SlabSupply supply;

    public Planted(DebugOptions options, long objectSize, long alignment, int objects) {
        long stride = SlabGeometry.stride(objectSize + options.gap(), alignment);
        InstantSource clock = now::get;
        geometry = new SlabGeometry(objectSize, alignment, stride * objects, Long.MAX_VALUE, options.gap(), false);
        layer = new DebugLayer(geometry, options, clock);
        supply = new SlabSupply(geometry, source, layer::prepare, Optional.empty());
        supply.departures().watch(slabs -> {
            layer.lastLook(slabs);
            return () -> {};
        });
    }

    /** Allocates an object and records it as live. */
    SlabObject allocate() {
        SlabObject object = take();
        Release release = layer.handOut(object, layer.track());
        if (!release.damages().isEmpty()) {
            throw new AssertionError(release.damages());
        }
        return object;
    }

    /** Takes an object from its slab, but does not yet hand it out. */
    public SlabObject take() {
        long address = supply.takeOne();
        return SlabObject.at(supply.find(address), address);
    }

    Release free(SlabObject... objects) {
        Release release = layer.takeBack(List.of(objects), layer.track());
        long[] leaving = release.leaving();
        supply.flush(leaving, 0, leaving.length);
        return release;
    }

    Survey survey() {
        return layer.survey(supply.slabs());
    }

    /** Checks the numbers of objects, and that nothing is damaged. */
    void assertClean(long live, long quarantined) {
        Survey survey = survey();
        assertEquals(List.of(), survey.damages());
        assertEquals(live, survey.live());
        assertEquals(quarantined, survey.quarantined());
        supply.validate();
    }

    List<ObjectTrace> traces(boolean live) {
        return Traces.of(layer.samples(supply.slabs(), live, Long.MAX_VALUE), layer.now(), 1);
    }

    public Slab slab() {
        return supply.slabs().getFirst();
    }

    /** Writes one byte at any address of a slab. */
    static void write(Slab slab, long address, int value) {
        MemorySegment memory = slab.memory();
        memory.set(ValueLayout.JAVA_BYTE, address - memory.address(), (byte) value);
    }

    static byte read(Slab slab, long address) {
        MemorySegment memory = slab.memory();
        return memory.get(ValueLayout.JAVA_BYTE, address - memory.address());
    }
}
