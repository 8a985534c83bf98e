package io.slabcache.diagnostics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown by {@link io.slabcache.SlabCache#close()} while objects are live. The cache stays open and usable.
 *
 * <pre>{@code
 * try {
 *     cache.close();
 * } catch (LiveObjectsException e) {
 *     e.allocTraces().forEach(System.err::println);
 *     cache.closeNow();
 * }
 * }</pre>
 */
public final class LiveObjectsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** How many objects were live. */
    private final long liveObjects;

    /** The addresses of some of them. */
    private final long[] sampleAddresses;

    /** Lost when this is serialized. */
    private final transient List<ObjectTrace> allocTraces;

    /**
     * Creates the exception for a refused close.
     *
     * @param cache the cache in words
     * @param liveObjects how many objects are live
     * @param sampleAddresses addresses of some of them
     * @param allocTraces where they were allocated, as far as that is known
     * @param details more about the samples, for the end of the message
     */
    public LiveObjectsException(
            String cache, long liveObjects, long[] sampleAddresses, List<ObjectTrace> allocTraces, String details) {
        super(cache + " cannot be closed: " + liveObjects + " objects are live" + examples(sampleAddresses)
                + "; free them first, or call closeNow()" + details);
        this.allocTraces = List.copyOf(allocTraces);
        this.liveObjects = liveObjects;
        this.sampleAddresses = sampleAddresses.clone();
    }

    private static String examples(long[] addresses) {
        return addresses.length == 0
                ? ""
                : Arrays.stream(addresses)
                        .mapToObj(address -> "0x" + Long.toHexString(address))
                        .collect(Collectors.joining(", ", ", for example ", ""));
    }

    /**
     * Returns where the live objects were allocated, the most frequent place first.
     *
     * @return of all objects if the cache has {@link Debug#TRACKING}, of some if leaks are looked for, else empty
     */
    public List<ObjectTrace> allocTraces() {
        return allocTraces == null ? List.of() : allocTraces;
    }

    /**
     * Returns how many objects were live.
     *
     * @return objects, more than 0
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Returns the addresses of some of the live objects.
     *
     * @return up to eight addresses
     */
    public long[] sampleAddresses() {
        return sampleAddresses.clone();
    }
}
