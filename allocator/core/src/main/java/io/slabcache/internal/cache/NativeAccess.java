package io.slabcache.internal.cache;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The one restricted method that leases need, and whether this library may call it. */
@SuppressWarnings("restricted") // asked for before the first call
public final class NativeAccess {
    /** How the JVM said no, or null; asked once, and a constant for the compiler then. */
    private static final IllegalCallerException REFUSAL = ask();

    private NativeAccess() {}

    private static IllegalCallerException ask() {
        try {
            MemorySegment.NULL.reinterpret(0);
            return null;
        } catch (IllegalCallerException e) {
            return e;
        }
    }

    /** Called before anything is done that would have to be undone. */
    public static void require() {
        if (REFUSAL != null) {
            throw refused();
        }
    }

    /** A segment of some bytes at an address that ends with an arena. */
    public static MemorySegment view(long address, long bytes, Arena arena) {
        return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
    }

    private static IllegalCallerException refused() {
        Module module = NativeAccess.class.getModule();
        String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        return new IllegalCallerException(
                "leased segments need MemorySegment.reinterpret, which this JVM denies to the library; start it with"
                        + " --enable-native-access=" + name + ", or use allocate()",
                REFUSAL);
    }
}
