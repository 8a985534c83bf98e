package io.slabcache.memory;

import io.slabcache.internal.budget.Ledger;
import io.slabcache.internal.budget.Limited;
import io.slabcache.internal.util.StackReserve;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A source whose regions a ledger counts. */
final class LimitedSource implements MemorySource, Limited {
    /** In stack reserves: enough to count bytes and to give them back. */
    private static final int STACK = 2;

    private final Ledger ledger;
    private final MemorySource source;
    private final List<Ledger> ledgers;

    LimitedSource(Ledger ledger, MemorySource source) {
        this.ledger = ledger;
        this.source = source;
        this.ledgers = Stream.concat(Stream.of(ledger), of(source).stream()).toList();
    }

    /** The ledgers that a source draws on. */
    static List<Ledger> of(MemorySource source) {
        return source instanceof Limited limited ? limited.ledgers() : List.of();
    }

    @Override
    public MemoryRegion allocate(long bytes, long alignment) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes is " + bytes + "; expected more than 0");
        }
        StackReserve.claim(STACK);
        long expected = regionBytes(bytes, alignment);
        ledger.open(expected);
        boolean isMade = false;
        try {
            LimitedRegion region = new LimitedRegion(ledger, expected);
            region.request(source, bytes, alignment);
            isMade = true;
            return region;
        } finally {
            if (!isMade) {
                ledger.close(expected);
            }
        }
    }

    /** Counts what is committed, not the addresses. */
    @Override
    public Optional<MemoryReservation> reserve(long bytes, long alignment) {
        LimitedReservation limited = new LimitedReservation(ledger);
        return source.reserve(bytes, alignment).map(limited::of);
    }

    @Override
    public long regionBytes(long bytes, long alignment) {
        return Math.max(source.regionBytes(bytes, alignment), bytes);
    }

    @Override
    public List<Ledger> ledgers() {
        return ledgers;
    }

    @Override
    public String toString() {
        return source + " limited to " + ledger.limit() + " bytes";
    }
}
