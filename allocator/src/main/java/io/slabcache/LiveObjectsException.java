package io.slabcache;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Thrown by {@link SlabCache#close()} while objects are live. The cache stays open and usable. */
public final class LiveObjectsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** How many objects were live. */
    private final long liveObjects;

    /** The addresses of some of them. */
    private final long[] sampleAddresses;

    LiveObjectsException(String cache, long liveObjects, long[] sampleAddresses) {
        super("cache '" + cache + "' cannot be closed: " + liveObjects + " objects are live, for example "
                + Arrays.stream(sampleAddresses)
                        .mapToObj(a -> "0x" + Long.toHexString(a))
                        .collect(Collectors.joining(", "))
                + "; free them first, or call closeNow()");
        this.liveObjects = liveObjects;
        this.sampleAddresses = sampleAddresses.clone();
    }

    /**
     * How many objects were live.
     *
     * @return objects, more than 0
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * The addresses of some of them.
     *
     * @return up to eight addresses
     */
    public long[] sampleAddresses() {
        return sampleAddresses.clone();
    }
}
