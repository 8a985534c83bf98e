package io.slabcache.memory;

import java.util.function.Supplier;

/** Calls through as many different stacks as a test wants. It is in this package because tracks keep its frames. */
public final class CallPaths {
    private CallPaths() {}

    /** Calls with a stack that shows, for each low bit of a path, whether the bit is set. */
    public static <T> T call(int path, int bits, Supplier<T> call) {
        if (bits == 0) {
            return call.get();
        }
        if ((path & 1) == 0) {
            return call(path >> 1, bits - 1, call);
        }
        return call(path >> 1, bits - 1, call);
    }
}
