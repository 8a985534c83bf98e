package io.slabcache.tests.heap;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The methods that allocate on slow paths. For each scenario, the test has to make the heap full in all of these. */
final class Inventory {
    /** A lambda is listed as its enclosing method, a constructor as its class. */
    private static final String METHODS = """
            FIRST_ALLOCATION Magazine#<init> MagazineLayer#apply ThreadCache#<init> ThreadCaches#add
            FIRST_SEGMENT HandleTable#create Slab#newSegment
            MANY_ALLOCATIONS Magazine#<init>
            MANY_THREADS Magazine#<init> MagazineLayer#apply ThreadCache#<init> ThreadCaches#add
            BULK_ALLOCATION Magazine#<init> MagazineLayer#apply ScratchArrays#borrow
            BULK_SEGMENTS Magazine#<init> HandleTable#create Slab#newSegment ScratchArrays#borrow
            LOCAL LocalCache#of ThreadCache#<init> ThreadCaches#add
            LOCAL_SEGMENTS HandleTable#create Slab#newSegment
            UNCHECKED Magazine#<init> HandleTable#create Slab#newSegment
            UNCHECKED_LOCAL Magazine#<init> MagazineLayer#apply HandleTable#create Slab#newSegment
            GENERATION Generations#create
            LEASE Leasing#allocate NativeAccess#view
            LEASE_OF_THE_SPARE Leasing#allocate NativeAccess#view
            PREFILL Magazine#<init> MagazineLayer#apply
            BOUND CacheExhaustedException#<init> Growth#hurried Latencies#snapshot MagazineLayer#allCaches \
                    SlabSums#counts
            FIRST_FREE Magazine#<init> ThreadCache#<init> ThreadCaches#add
            MANY_FREES Magazine#<init> MagazineLayer#apply
            FREES_OF_ANOTHER Magazine#<init> MagazineLayer#apply
            BULK_FREE Magazine#<init> MagazineLayer#apply ScratchArrays#borrow
            FIRST_BULK_FREE Magazine#<init> MagazineLayer#apply ScratchArrays#borrow ThreadCache#<init> \
                    ThreadCaches#add
            MISUSE CacheIdentity#toString Misuse#diagnose Reports#refused
            FIRST_SLAB FreeMap#<init> Growth#hurried Magazine#<init> ArenaMemory#allocate Slab#<init> \
                    RegionClaims#addScope SlabFactory#anotherThread SlabSums#counts ThreadCaches#add
            LARGE_SLAB FreeMap#<init> ArenaMemory#allocate Slab#<init> SlabFactory#anotherThread
            GROWTH Magazine#<init> Slab#<init> SlabFactory#anotherThread SlabSums#counts SlabTable#<init>
            LOCKED HandleTable#create Slab#newSegment
            SHRINK SlabCounts#ofBytes SlabCounts#plus SlabSums#counts
            STATISTICS Latencies#snapshot MagazineLayer#allCaches ThreadTable#all
            VALIDATION Census#<init> Census#addSlab Census#of FreeMap#validate MagazineLayer#allCaches \
                    SlabSums#validate ThreadTable#all
            REFUSED_CLOSE Closing#close Latencies#snapshot LiveObjectsException#<init> MagazineLayer#allCaches
            CLOSE Inspection#countOnce Latencies#snapshot MagazineLayer#allCaches ThreadTable#all
            DEBUGGED Tracker#callers
            TRACKED Tracker#callers
            QUARANTINED DebugLayer#handOut DebuggedPath#handOut HandleTable#create Release#<init> SlabObject#at \
                    Zones#piece
            SANE DebugLayer#handOut DebuggedPath#handOut HandleTable#create Release#<init> SlabObject#at
            REDZONED DebugLayer#handOut DebuggedPath#handOut HandleTable#create Release#<init> SlabObject#at \
                    Zones#piece
            DEBUGGED_BULK Tracker#callers
            DEBUGGED_MISUSE Tracker#callers
            DEBUGGED_SHRINK SlabCounts#ofBytes SlabCounts#plus SlabSums#counts
            GUARDED HandleTable#create Slab#<init> Tracker#callers
            GUARDED_BULK ScratchArrays#borrow
            VIRTUAL_ALLOCATION Magazine#<init> MagazineLayer#apply Stripes#<init> ThreadCache#<init>
            VIRTUAL_SEGMENTS Magazine#<init> HandleTable#create Slab#newSegment Stripes#<init> \
                    ThreadCache#<init>
            VIRTUAL_FREES Magazine#<init> MagazineLayer#apply
            LEAK_SEGMENTS Tracker#callers
            LEAK_BULK Tracker#callers
            """;

    private static final Map<Scenario, List<String>> BY_SCENARIO = METHODS.lines()
            .map(line -> List.of(line.split(" +")))
            .collect(Collectors.toMap(
                    words -> Scenario.valueOf(words.getFirst()), words -> words.subList(1, words.size())));

    private Inventory() {}

    static List<String> of(Scenario scenario) {
        return BY_SCENARIO.getOrDefault(scenario, List.of());
    }
}
