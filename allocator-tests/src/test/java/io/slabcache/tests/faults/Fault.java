package io.slabcache.tests.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The faults that a cache has to withstand, with the tests that prove it. */
enum Fault {
    DOUBLE_FREE(1, "double free by one thread", "faults.InvalidFreeFaultTest#fault01_", "misuse.InvalidFreeTest#an"),
    TWO_FREES(2, "double free by two threads at once", "faults.RaceFaultTest#fault02_", "debug.DoubleFreeTest#of"),
    STALE(
            3,
            "free of what has another owner by now",
            "faults.StaleFaultTest#fault03_",
            "handles.GenerationMisuseTest#aHandleWhoseObjectHasAnotherOne"),
    INTERIOR(4, "free of an interior address", "faults.InvalidFreeFaultTest#fault04_", "misuse.InvalidFreeTest#the"),
    FOREIGN(5, "free of what is no object", "faults.InvalidFreeFaultTest#fault05_", "faults.WildTest#fault05_"),
    WRONG_CACHE(6, "free to another cache", "faults.InvalidFreeFaultTest#fault06_", "misuse.InvalidFreeTest#an"),
    WRONG_SEGMENT(7, "free of another segment", "faults.SegmentFaultTest#fault07_", "misuse.InvalidSegmentTest#a"),
    FREE_AFTER_CLOSE(8, "free after close", "faults.EndFaultTest#fault08_", "faults.WildTest#fault05_08_"),
    ALLOCATE_AFTER_CLOSE(
            9,
            "allocate after or during close",
            "faults.EndFaultTest#fault09_",
            "faults.RaceFaultTest#fault09_",
            "threads.CloseRaceTest#everyone"),
    USE_AFTER_CLOSE(10, "segment used after close", "faults.EndFaultTest#fault10_", "faults.WildTest#fault05_08_10_"),
    LIVE_AT_CLOSE(11, "close with live objects", "faults.EndFaultTest#fault11_", "debug.TrackingTest#aCache"),
    CLOSE_TWICE(
            12,
            "close twice, or from several threads",
            "faults.EndFaultTest#fault12_",
            "faults.RaceFaultTest#fault12_",
            "threads.CloseRaceTest#",
            "threads.DisturbanceTest#ofManyClosers"),
    OUT_OF_BOUNDS(13, "write around an object", "faults.CorruptionFaultTest$AroundAnObject#", "debug.RedzoneTest#"),
    WRITE_AFTER_FREE(
            14, "write after free", "faults.CorruptionFaultTest$InAFreeObject#", "debug.UseAfterFreeTest#aWrite"),
    USE_AFTER_LEASE(
            15,
            "use after free through a leased segment",
            "faults.LeaseFaultTest#fault15_",
            "handles.LeaseRulesTest#everyRuleIsKept"),
    LEAK(
            16,
            "handle dropped without a free",
            "faults.LeakFaultTest#fault16_",
            "leaks.LeakDetectionTest#aDropped",
            "leaks.LeakDetectionTest#aClose"),
    THREAD_DEATH(17, "threads end with objects", "faults.ThreadFaultTest#fault17_", "threads.ThreadEndTest#"),
    ONE_WAY(18, "one thread allocates, another frees", "faults.ThreadFaultTest#fault18_", "threads.OneWayTest#"),
    VIRTUAL_THREADS(
            19,
            "very many virtual threads",
            "faults.ThreadFaultTest#fault19_",
            "threads.VirtualThreadsTest#",
            "threads.VirtualHandOverTest#"),
    BOUND(20, "bound reached", "faults.GrowthFaultTest#fault20_", "contract.BoundTest#"),
    NO_MEMORY(21, "source without memory", "faults.SourceFaultTest#fault21_", "misuse.MemorySourceTest#when"),
    CONSTRUCTOR(22, "constructor that throws or calls", "faults.GrowthFaultTest#fault22_", "contract.ConstructorTest#"),
    STACK_AND_INTERRUPT(
            23,
            "overflow of the stack, or interrupt",
            "faults.ThreadFaultTest#fault23_",
            "soak.StackOverflowTest#",
            "handles.LeaseOverflowTest#",
            "soak.SoakProgramTest#",
            "debug.StackOverflowTest#"),
    BAD_SETTINGS(24, "impossible settings", "contract.BuilderTest#"),
    BAD_BULK(25, "bulk with a bad entry or range", "faults.InvalidFreeFaultTest#fault25_", "misuse.BulkMisuseTest#"),
    LOCAL_CACHE(26, "local cache of another thread", "faults.ThreadFaultTest#fault26_", "contract.LocalCacheTest#"),
    BAD_MEMORY(27, "source that gives bad memory", "faults.SourceFaultTest#fault27_", "misuse.MemorySourceTest#a"),
    BUSY_CACHE(
            28, "statistics, shrink and close meanwhile", "faults.RaceFaultTest#fault28_", "threads.DisturbanceTest#"),
    FULL_HEAP(
            29,
            "heap exhausted on a slow path",
            "heap.HeapInventoryTest#",
            "heap.FirstCallTest#",
            "heap.FirstUseTest#"),
    SOURCE_THAT_CALLS(
            30,
            "source that shrinks or asks caches, or calls its own",
            "faults.SourceFaultTest#fault30_",
            "threads.SourceRingTest#"),
    PINNED(
            31,
            "pinned virtual threads that wait for the same as others",
            "faults.SourceFaultTest#fault31_",
            "threads.PinnedGrowthTest#"),
    SHARED_BOUND(
            32,
            "bound that more threads share than it has objects for",
            "threads.BoundedThreadsTest#",
            "threads.CrowdedBoundTest#",
            "threads.IdleMemoryTest#"),
    FAULTY_REGION(
            33,
            "region that is given twice, throws, changes or cannot be closed",
            "faults.SourceFaultTest#fault33_",
            "misuse.RegionFaultTest#"),
    REUSED_ADDRESS(34, "address that is used again", "faults.ReusedAddressFaultTest#fault34_"),
    PROPERTIES(
            35,
            "malformed or unknown properties",
            "debug.MalformedPropertyTest#",
            "debug.UnknownPropertyTest#",
            "debug.UnmatchedPatternTest#"),
    ABANDONED(36, "abandoned caches, dead threads", "memory.AbandonedCacheTest#", "memory.KeptHeapTest#aDeadThread"),
    FIRST_USE(37, "first use at the end of the stack", "soak.FirstUseTest#"),
    VERDICTS(38, "wrong verdict of a test that looks for leaks", "leaks.NoLeaksVerdictTest#", "leaks.NoLeaksTest#");

    static final int LAST = 38;

    /** Faults that depend neither on the debug mode nor on the entry point. */
    static final Set<Fault> IN_ONE_WAY = EnumSet.of(
            FULL_HEAP, SHARED_BOUND, FIRST_USE, REUSED_ADDRESS, PROPERTIES, ABANDONED, BAD_SETTINGS, VERDICTS);

    final int number;
    final String text;

    /** Each proof is a test class, relative to the package of all tests, and a prefix of its method names. */
    final List<String> proofs;

    Fault(int number, String text, String... proofs) {
        this.number = number;
        this.text = text;
        this.proofs = Arrays.asList(proofs);
    }
}
