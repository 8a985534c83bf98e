package io.slabcache.tests.sources;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Whether this kernel keeps names of memory. */
final class VmaNames {
    private static final int PR_SET_VMA = 0x53564d41;
    private static final int PAGE = 4096;

    private VmaNames() {}

    /** Names a page of the C library for a moment. */
    @SuppressWarnings("restricted") // the signature is that of the manual
    static boolean areKept() {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            long page = arena.allocate(1 << 20, PAGE).address();
            MemorySegment prctl = linker.defaultLookup().find("prctl").orElseThrow();
            FunctionDescriptor signature = FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS);
            int result = (int) linker.downcallHandle(prctl, signature, Linker.Option.firstVariadicArg(1))
                    .invokeExact(PR_SET_VMA, 0L, page, (long) PAGE, arena.allocateFrom("x"));
            return result == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
