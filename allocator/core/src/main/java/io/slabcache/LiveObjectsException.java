package io.slabcache;

import io.slabcache.internal.debug.CacheIdentity;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.Sample;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown by {@link SlabCache#close()} while objects are live. The cache stays open and usable. */
public final class LiveObjectsException extends IllegalStateException {
    static final int MOST_SAMPLES = 8;

    private static final long serialVersionUID = 1;

    /** How many objects were live. */
    private final long liveObjects;

    /** The addresses of some of them. */
    private final long[] sampleAddresses;

    /** Where the live objects were allocated; not kept when this is serialized. */
    private final transient List<ObjectTrace> allocTraces;

    /** The samples may have tracks or not. */
    LiveObjectsException(CacheIdentity cache, long liveObjects, List<Sample> samples, List<ObjectTrace> allocTraces) {
        super(cache + " cannot be closed: " + liveObjects + " objects are live, for example "
                + samples.stream()
                        .map(sample -> "0x" + Long.toHexString(sample.address()))
                        .collect(Collectors.joining(", "))
                + "; free them first, or call closeNow()"
                + samples.stream().map(LiveObjectsException::allocation).collect(Collectors.joining()));
        this.allocTraces = allocTraces;
        this.liveObjects = liveObjects;
        this.sampleAddresses = samples.stream().mapToLong(Sample::address).toArray();
    }

    private static String allocation(Sample sample) {
        if (sample.track() == null) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n0x")
                .append(Long.toHexString(sample.address()))
                .append(":");
        Description.appendTracks(text, sample.track(), null);
        return text.toString();
    }

    /**
     * Where the live objects were allocated, the most frequent place first.
     *
     * @return of all objects if the cache has {@link Debug#TRACKING}, of some if leaks are looked for, else empty
     */
    public List<ObjectTrace> allocTraces() {
        return allocTraces == null ? List.of() : allocTraces;
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
