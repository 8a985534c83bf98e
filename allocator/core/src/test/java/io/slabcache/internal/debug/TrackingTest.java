package io.slabcache.internal.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.diagnostics.ObjectTrace;
import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.memory.CallPaths;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A debugged cache records thread, time and stack of the last allocation and the last free of each object, and shows
 * them with damages and statistics. Equal stacks share memory, and their number is bounded.
 */
class TrackingTest {
    private final Planted planted = new Planted(Planted.ALL, 18, 8, 300);

    private void pass(int millis) {
        planted.now.updateAndGet(now -> now.plusMillis(millis));
    }

    @Test
    void aTrackTellsThreadAndTime() throws InterruptedException {
        List<ObjectTrack> tracks = new ArrayList<>();
        Thread thread = Thread.ofPlatform().name("tracked").start(() -> tracks.add(planted.layer.track()));
        thread.join();
        assertEquals("tracked", tracks.getFirst().thread());
        assertEquals(thread.threadId(), tracks.getFirst().threadId());
        assertEquals(Planted.START, tracks.getFirst().time());
    }

    @Test
    void equalStacksAreKeptOnce() {
        List<ObjectTrack> tracks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tracks.add(planted.layer.track());
        }
        assertNotSame(tracks.get(0), tracks.get(1));
        assertSame(tracks.get(0).stack(), tracks.get(1).stack());
        assertTrue(tracks.get(0).stack().size() <= 16);
    }

    @Test
    void manyStacksAreNotAllKept() {
        Tracker tracker = new Tracker(InstantSource.system());
        Set<List<StackTraceElement>> made = new HashSet<>();
        for (int path = 0; path < 1 << 13; path++) {
            made.add(CallPaths.call(path, 13, tracker::track).stack());
            assertTrue(tracker.known() <= Tracker.MOST_STACKS, () -> tracker.known() + " are kept");
        }
        assertEquals(1 << 13, made.size(), "the stacks were to differ");
    }

    @Test
    void withoutTrackingThereIsNoTrack() {
        assertNull(new Planted(Planted.NONE, 18, 8, 300).layer.track());
    }

    @Test
    void theLastAllocationAndTheLastFreeAreKept() {
        SlabObject object = planted.allocate();
        assertNull(planted.layer.track(object, false));
        pass(5);
        planted.free(object);
        assertEquals(Planted.START, planted.layer.track(object, true).time());
        assertEquals(
                Planted.START.plusMillis(5), planted.layer.track(object, false).time());
    }

    @Test
    void objectsAreCountedByStackWithTheirAges() {
        for (int i = 0; i < 3; i++) {
            planted.allocate();
            pass(100);
        }
        SlabObject another = planted.allocate();
        List<ObjectTrace> traces = planted.traces(true);
        assertEquals(4, traces.stream().mapToLong(ObjectTrace::count).sum());
        assertEquals(
                Duration.ZERO,
                traces.stream()
                        .map(ObjectTrace::minAge)
                        .min(Duration::compareTo)
                        .orElseThrow());
        planted.free(another);
        assertEquals(1, planted.traces(false).size());
    }

    @Test
    void aTraceHasTheMinimumMeanAndMaximumAge() {
        List<StackTraceElement> often = List.of(new StackTraceElement("A", "a", "A.java", 1));
        List<StackTraceElement> once = List.of(new StackTraceElement("B", "b", "B.java", 2));
        List<Sample> samples = List.of(
                new Sample(1, new ObjectTrack("t", 1, Planted.START.minusMillis(100), often)),
                new Sample(2, new ObjectTrack("t", 1, Planted.START.minusMillis(5), once)),
                new Sample(3, new ObjectTrack("t", 1, Planted.START.minusMillis(200), often)),
                new Sample(4, null),
                new Sample(5, new ObjectTrack("t", 1, Planted.START.minusMillis(600), often)));
        assertEquals(
                List.of(
                        new ObjectTrace(
                                3, 30, Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(600), often),
                        new ObjectTrace(1, 10, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(5), once)),
                Traces.of(samples, Planted.START, 10));
    }

    @Test
    void damageNamesTheThreadsThatHadTheObject() {
        SlabObject object = planted.allocate();
        planted.free(object);
        Planted.write(object.slab(), object.address() + 1, 0);
        String text = planted.survey().damages().getFirst().text();
        assertTrue(text.contains("\nallocated at 2026-11-22T12:00:00Z by thread '"), text);
        assertTrue(text.contains("\nfreed at 2026-11-22T12:00:00Z by thread '"), text);
        assertTrue(text.contains("\n    at "), text);
        assertTrue(text.contains("nothing was changed"), text);
    }

    @Test
    void damageShowsTheBytesAround() {
        SlabObject object = planted.allocate();
        for (int i = 0; i < 18; i++) {
            Planted.write(object.slab(), object.address() + i, i);
        }
        Planted.write(object.slab(), object.address() + 18, 0x41);
        String text = planted.free(object).damages().getFirst().text();
        assertTrue(text.contains("""
                %6d: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
                  %6d: 10 11 41 cc cc cc cc cc cc cc cc cc cc cc cc cc
                  %6d: cc cc cc cc cc cc cc cc
                """.formatted(0, 16, 32)), text);
    }
}
