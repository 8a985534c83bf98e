package io.slabcache.tests.sources;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** A native call that takes a segment, and calls back meanwhile. */
final class NativeCall {
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;

    private NativeCall() {}

    /** Sorts two numbers in a segment, and runs the action when they are to be compared. */
    @SuppressWarnings("restricted") // the signatures are those of the manual
    static void during(MemorySegment segment, Runnable action) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment comparison = linker.upcallStub(
                    MethodHandles.lookup()
                            .findStatic(
                                    NativeCall.class,
                                    "compare",
                                    MethodType.methodType(
                                            int.class, Runnable.class, MemorySegment.class, MemorySegment.class))
                            .bindTo(action),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ADDRESS, ADDRESS),
                    arena);
            linker.downcallHandle(
                            linker.defaultLookup().find("qsort").orElseThrow(),
                            FunctionDescriptor.ofVoid(ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ADDRESS))
                    .invokeExact(segment, 2L, 8L, comparison);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** An exception in an upcall ends the JVM; so does a failed assertion. */
    private static int compare(Runnable action, MemorySegment first, MemorySegment second) {
        action.run();
        return 0;
    }
}
