package io.slabcache.internal.system;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of the C library of Linux, by the linker of the JDK. All restricted methods that mapped memory needs are
 * called here.
 */
@SuppressWarnings("restricted") // asked for before the first call
public final class LinuxCalls implements MemoryCalls {
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR = STATE.varHandle(PathElement.groupElement("errno"));

    private final MethodHandle mmap =
            of("mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private final MethodHandle mprotect = of("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private final MethodHandle munmap = of("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private final MethodHandle madvise = of("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private final MethodHandle mlock = of("mlock", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private final MethodHandle munlock = of("munlock", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private final MethodHandle mbind =
            ofVariadic("syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
    private final MethodHandle prctl =
            ofVariadic("prctl", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
    private final long pageBytes = askPageBytes();

    private LinuxCalls() {}

    /**
     * Finds the calls.
     *
     * @return the calls
     * @throws IllegalCallerException if the JVM denies the library native access; names the flag that grants it
     */
    public static LinuxCalls open() {
        try {
            MemorySegment.NULL.reinterpret(0);
        } catch (IllegalCallerException e) {
            throw NativeFlag.refused(
                    "mapped memory needs Linker.downcallHandle and MemorySegment.reinterpret",
                    "MemorySource.arena()",
                    e);
        }
        return new LinuxCalls();
    }

    private static MethodHandle of(String name, MemoryLayout result, MemoryLayout... parameters) {
        return link(name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle ofVariadic(String name, MemoryLayout result, MemoryLayout... parameters) {
        return link(
                name,
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }

    private static MethodHandle link(String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no function " + name));
        return linker.downcallHandle(function, signature, options);
    }

    private static long askPageBytes() {
        try {
            return (int) of("getpagesize", JAVA_INT).invokeExact(Arena.global().allocate(STATE));
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long map(long address, long bytes, int protection, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int all = LinuxConstants.MAP_PRIVATE_ANONYMOUS | flags;
            return result((long) mmap.invokeExact(state, address, bytes, protection, all, -1, 0L), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long unmap(long address, long bytes) {
        return call(munmap, address, bytes);
    }

    @Override
    public long lock(long address, long bytes) {
        return call(mlock, address, bytes);
    }

    @Override
    public long unlock(long address, long bytes) {
        return call(munlock, address, bytes);
    }

    private static long call(MethodHandle function, long address, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return result((int) function.invokeExact(state, address, bytes), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long advise(long address, long bytes, int advice) {
        return call(madvise, address, bytes, advice);
    }

    @Override
    public long protect(long address, long bytes, int protection) {
        return call(mprotect, address, bytes, protection);
    }

    private static long call(MethodHandle function, long address, long bytes, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            return result((int) function.invokeExact(state, address, bytes, what), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long bind(long address, long bytes, int mode, int node) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment mask = arena.allocate(JAVA_LONG, LinuxConstants.MAX_NODES / Long.SIZE);
            mask.setAtIndex(JAVA_LONG, node / Long.SIZE, 1L << node);
            // Linux reads one bit less than it is told.
            long bits = LinuxConstants.MAX_NODES + 1L;
            return result(
                    (long) mbind.invokeExact(
                            state, LinuxConstants.mbind(), address, bytes, (long) mode, mask, bits, 0L),
                    state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long name(long address, long bytes, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment text = arena.allocateFrom(name);
            return result(
                    (int) prctl.invokeExact(
                            state,
                            LinuxConstants.PR_SET_VMA,
                            LinuxConstants.PR_SET_VMA_ANON_NAME,
                            address,
                            bytes,
                            text),
                    state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Allocates nothing on the heap, so that an address from the system cannot be lost here. */
    private static long result(long result, MemorySegment state) {
        return result == -1 ? -(int) ERROR.get(state, 0L) : result;
    }

    /** What a method handle throws that neither the function nor its call can throw. */
    private static RuntimeException impossible(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException exception ? exception : new IllegalStateException(e);
    }

    @Override
    public long pageBytes() {
        return pageBytes;
    }

    @Override
    public MemorySegment view(long address, long bytes, Arena arena, Runnable release) {
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, segment -> release.run());
    }
}
