package io.slabcache.internal.cache;

import io.slabcache.internal.system.NativeFlag;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The one restricted method that leases and arenas need, and the permission to call it. */
@SuppressWarnings("restricted") // asked for before the first call
public final class NativeAccess {
    /** The JVM's refusal, or null. Asked once; then a constant for the compiler. */
    private static final @Nullable IllegalCallerException REFUSAL = ask();

    private NativeAccess() {}

    private static @Nullable IllegalCallerException ask() {
        try {
            MemorySegment.NULL.reinterpret(0);
            return null;
        } catch (IllegalCallerException e) {
            return e;
        } catch (OutOfMemoryError e) {
            // Not known, and never asked again. If the JVM refuses, the first view says so instead.
            return null;
        }
    }

    /** Throws if the JVM denies access. Called before any step that would have to be undone. */
    public static void require() {
        if (REFUSAL != null) {
            throw refused("leased segments", "allocate()");
        }
    }

    /** Likewise, before an arena is made. */
    public static void requireForArenas() {
        if (REFUSAL != null) {
            throw refused("arenas of an allocator", "allocate() and free()");
        }
    }

    /** Makes a segment at an address; the arena's end ends it. */
    public static MemorySegment view(long address, long bytes, Arena arena) {
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
    }

    private static IllegalCallerException refused(String feature, String instead) {
        return NativeFlag.refused(feature + " need MemorySegment.reinterpret", instead, REFUSAL);
    }
}
