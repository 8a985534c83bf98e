package io.slabcache.tests.sources;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.MemoryRefusedException;
import io.slabcache.memory.MappedMemory;
import io.slabcache.tests.support.LogCapture;
import io.slabcache.tests.support.Smaps;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that sets a limit for itself, and then needs more memory than that. Prints "fine" if all is well. */
final class LimitedMemory {
    private static final long MEBI = 1 << 20;
    private static final long SLAB_BYTES = 256 * MEBI;
    private static final int RLIMIT_DATA = 2;
    private static final int RLIMIT_MEMLOCK = 8;

    private LimitedMemory() {}

    /** Returns whether there is a program that starts a JVM. */
    static boolean isLauncherThere(List<String> launcher) {
        return launcher.isEmpty() || Files.isExecutable(Path.of("/usr/bin", launcher.getFirst()));
    }

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "data" -> limitData();
            case "lock" -> limitLocked();
            case "lock-strict" -> limitLockedStrictly();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("fine");
    }

    private static SlabCache cache(MappedMemory.Builder memory) {
        return SlabCache.builder("limited", MEBI)
                .colouring(false)
                .slabBytes(SLAB_BYTES)
                .memory(memory.build())
                .build();
    }

    /**
     * Addresses without access are not limited, so the second step of a reservation fails, and of each region that the
     * cache takes in its place.
     */
    private static void limitData() throws IOException {
        use(cache(MappedMemory.builder().guardPages(true)));
        Arena arena = Arena.global();
        MemorySegment old = arena.allocate(16, 8);
        call("getrlimit", RLIMIT_DATA, old);
        MemorySegment limit = arena.allocate(16, 8).copyFrom(old);
        long before = Smaps.virtualBytes();
        limit.set(ValueLayout.JAVA_LONG, 0, dataBytes() + SLAB_BYTES / 2);
        call("setrlimit", RLIMIT_DATA, limit);
        try (SlabCache cache = cache(MappedMemory.builder().guardPages(true))) {
            for (int i = 0; i < 8; i++) {
                refuse(OutOfMemoryError.class, "mprotect: ENOMEM", cache);
            }
            call("setrlimit", RLIMIT_DATA, old);
            require(Smaps.virtualBytes() - before < SLAB_BYTES, "addresses are lost");
            cache.free(cache.allocate());
            require(
                    cache.validate().isClean() && cache.stats().liveObjects() == 0,
                    cache.stats().toString());
        }
    }

    private static void use(SlabCache cache) {
        cache.free(cache.allocate());
        cache.close();
    }

    private static long dataBytes() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(status -> status.startsWith("VmData:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    private static void limitLocked() throws IOException {
        limit(RLIMIT_MEMLOCK, MEBI);
        try (LogCapture log = new LogCapture();
                SlabCache cache = cache(MappedMemory.builder().lock(true))) {
            for (int i = 0; i < 2; i++) {
                cache.free(cache.allocate());
                cache.flush();
                cache.shrink();
            }
            require(log.records().size() == 1, log.records().toString());
            String report = log.records().getFirst().getMessage();
            require(report.contains("mlock of 268435456 bytes: ENOMEM"), report);
            require(report.contains("ulimit -l"), report);
            require(Smaps.total("Locked") == 0, "a part stays locked");
            require(
                    cache.validate().isClean() && cache.stats().liveObjects() == 0,
                    cache.stats().toString());
        }
    }

    private static void limitLockedStrictly() throws IOException {
        limit(RLIMIT_MEMLOCK, MEBI);
        try (SlabCache cache = cache(MappedMemory.builder().lock(true).strict(true))) {
            refuse(MemoryRefusedException.class, "lock(true) was refused: mlock", cache);
            long before = Smaps.virtualBytes();
            for (int i = 0; i < 8; i++) {
                refuse(MemoryRefusedException.class, "lock(true) was refused: mlock", cache);
            }
            require(Smaps.virtualBytes() - before < SLAB_BYTES, "addresses are lost");
            require(Smaps.total("Locked") == 0, "a part stays locked");
            require(
                    cache.validate().isClean() && cache.stats().liveObjects() == 0,
                    cache.stats().toString());
        }
    }

    private static void refuse(Class<? extends Throwable> type, String message, SlabCache cache) {
        try {
            cache.allocate();
        } catch (RuntimeException | Error e) {
            require(type.isInstance(e) && e.getMessage().contains(message), e.toString());
            return;
        }
        throw new IllegalStateException("not refused");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void limit(int resource, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocate(16, 8);
            call("getrlimit", resource, limit);
            limit.set(ValueLayout.JAVA_LONG, 0, bytes);
            call("setrlimit", resource, limit);
        }
    }

    @SuppressWarnings("restricted") // the signature is that of the manual
    private static void call(String name, int resource, MemorySegment limit) {
        Linker linker = Linker.nativeLinker();
        try {
            int result = (int) linker.downcallHandle(
                            linker.defaultLookup().find(name).orElseThrow(),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(resource, limit);
            require(result == 0, name);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
