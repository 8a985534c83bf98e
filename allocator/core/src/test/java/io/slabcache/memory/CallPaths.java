package io.slabcache.memory;

import java.util.function.Supplier;

/** Calls by as many stacks as a test wants; in a package whose frames are not left out of tracks. */
public final class CallPaths {
    private CallPaths() {}

    /** Calls with a stack that tells, for each of the lower bits of a path, whether it is set. */
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
