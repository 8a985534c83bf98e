package io.slabcache;

import io.slabcache.InvalidFreeException.Kind;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Says what is wrong with a refused free, counts it, and throws or warns as the cache's policy wants. */
final class Misuse {
    private static final System.Logger LOGGER = System.getLogger("io.slabcache");

    private final Engine engine;
    private final MisusePolicy policy;
    private final LongAdder count = new LongAdder();

    /** Kinds that were logged. Guarded by itself. */
    private final Set<Kind> warned = EnumSet.noneOf(Kind.class);

    Misuse(Engine engine, MisusePolicy policy) {
        this.engine = engine;
        this.policy = policy;
    }

    long count() {
        return count.sum();
    }

    /** An entry of a bulk free is bad, and nothing of it was freed. */
    void reportEntry(int index, InvalidFreeException what) {
        report(new InvalidFreeException(
                what.kind(), "entry " + index + " of a bulk free, of which nothing was freed: " + what.getMessage()));
    }

    void report(InvalidFreeException refused) {
        count.increment();
        if (policy == MisusePolicy.THROW) {
            throw refused;
        }
        boolean first;
        synchronized (warned) {
            first = warned.add(refused.kind());
        }
        if (first) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    () -> "ignored, and further ones of this kind will be ignored without" + " a word: "
                            + refused.getMessage(),
                    refused);
        }
    }

    InvalidFreeException diagnose(MemorySegment object) {
        if (object == null) {
            return refused(Kind.NULL, "free of null; expected a segment from " + engine);
        }
        if (!object.isNative()) {
            return refused(Kind.FOREIGN, "free of a heap segment; expected a segment from " + engine);
        }
        long address = object.address();
        Slab slab = engine.supply.find(address);
        if (slab == null || !slab.startsAt(address)) {
            return diagnose(address);
        }
        String given = "free of a segment at 0x" + Long.toHexString(address);
        if (object.byteSize() != engine.objectSize()) {
            return refused(
                    Kind.WRONG_SIZE,
                    given + " with " + object.byteSize() + " bytes; expected all " + engine.objectSize()
                            + " bytes of the object of " + engine + ", is this a slice of it?");
        }
        if (object.isReadOnly()) {
            return refused(
                    Kind.FOREIGN,
                    given + " that is read-only; expected the writable segment that " + engine + " handed out");
        }
        if (!object.scope().isAlive()) {
            return refused(
                    Kind.FOREIGN,
                    given + " whose memory was given back before; " + engine
                            + " has other objects there now, is this a segment kept since before a shrink?");
        }
        return diagnose(address);
    }

    InvalidFreeException diagnose(long address) {
        if (address == 0) {
            return refused(
                    Kind.NULL,
                    "free of address 0; expected an object of " + engine
                            + ", was the result of a failed tryAllocate freed?");
        }
        String given = "free of 0x" + Long.toHexString(address);
        Slab slab = engine.supply.find(address);
        if (slab == null) {
            Engine owner = CacheRegistry.findByAddress(address);
            return owner == null || owner == engine
                    ? refused(
                            Kind.FOREIGN,
                            given + ", which lies in no slab of any cache; expected an object of " + engine)
                    : refused(Kind.WRONG_CACHE, given + " to " + engine + ", but it belongs to " + owner);
        }
        int index = slab.indexOf(address);
        long start = slab.address(index);
        if (address != start) {
            return refused(
                    Kind.INTERIOR,
                    given + ", which lies " + (address - start) + " bytes into the object at 0x"
                            + Long.toHexString(start) + " of " + engine + "; expected the start of an object");
        }
        return refused(
                Kind.DOUBLE_FREE,
                given + ", an object of " + engine + " that is free already;"
                        + " was it freed twice, or handed to two owners?");
    }

    private static InvalidFreeException refused(Kind kind, String message) {
        return new InvalidFreeException(kind, message);
    }
}
