package io.slabcache.internal.slab;

/** A doubly linked list through {@link Slab#next} and {@link Slab#previous}. Guarded by the lock of its {@link SlabList}. */
final class SlabChain {
    private Slab first;
    private int length;

    Slab first() {
        return first;
    }

    int length() {
        return length;
    }

    /** Puts a slab at the head, taking it off the chain it was on. */
    void accept(Slab slab) {
        if (slab.chain == this) {
            return;
        }
        if (slab.chain != null) {
            slab.chain.remove(slab);
        }
        slab.chain = this;
        slab.previous = null;
        slab.next = first;
        if (first != null) {
            first.previous = slab;
        }
        first = slab;
        length++;
    }

    void remove(Slab slab) {
        assert slab.chain == this;
        if (slab.previous == null) {
            first = slab.next;
        } else {
            slab.previous.next = slab.next;
        }
        if (slab.next != null) {
            slab.next.previous = slab.previous;
        }
        slab.chain = null;
        slab.next = null;
        slab.previous = null;
        length--;
    }
}
