package io.slabcache.memory;

import io.slabcache.internal.budget.Ledger;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A reservation whose committed bytes are counted in a ledger. Its addresses cost nothing. */
final class LimitedReservation implements MemoryReservation {
    /** In stack reserves: enough to count bytes and to give them back. */
    private static final int STACK = 2;

    private final Ledger ledger;
    private final AtomicLong counted = new AtomicLong();

    // Written by the thread that makes the reservation, before another thread knows it.
    private @Nullable MemoryReservation reservation;

    LimitedReservation(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes what a source has reserved. This object exists before, so that a full heap cannot lose the addresses. */
    MemoryReservation of(MemoryReservation made) {
        reservation = made;
        return this;
    }

    private MemoryReservation inner() {
        return Objects.requireNonNull(reservation);
    }

    @Override
    public MemorySegment segment() {
        return inner().segment();
    }

    @Override
    public long pageBytes() {
        return inner().pageBytes();
    }

    @Override
    public void commit(long offset, long bytes) {
        StackReserve.claim(STACK);
        ledger.open(bytes);
        boolean isMade = false;
        try {
            inner().commit(offset, bytes);
            isMade = true;
        } finally {
            if (isMade) {
                counted.addAndGet(bytes);
            } else {
                ledger.close(bytes);
            }
        }
    }

    /** If the release fails, the bytes stay counted. */
    @Override
    public void release(long offset, long bytes) {
        inner().release(offset, bytes);
        counted.addAndGet(-bytes);
        ledger.close(bytes);
    }

    /** Ends the count of ranges that could not be released. */
    @Override
    public void close() {
        inner().close();
        ledger.giveBack(counted.getAndSet(0));
    }
}
