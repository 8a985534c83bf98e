package io.slabcache.internal.slab;

/**
 * A doubly linked list of slabs, each represented by its {@link Link}. Guarded by the lock of its {@link SlabList}.
 */
final class SlabChain<T> {
    /** One slab's link, on at most one chain. */
    static final class Link<T> {
        private final T slab;
        private SlabChain<T> chain;
        private Link<T> next;
        private Link<T> previous;

        Link(T slab) {
            this.slab = slab;
        }

        boolean isOn(SlabChain<T> other) {
            return chain == other;
        }

        boolean isOnAny() {
            return chain != null;
        }

        /** Removes the slab from its chain. */
        void leave() {
            chain.remove(this);
        }
    }

    private Link<T> first;
    private int length;

    /** The slab at the head, or null. */
    T first() {
        return first == null ? null : first.slab;
    }

    int length() {
        return length;
    }

    /** Puts a slab at the head and removes it from its former chain. */
    void accept(Link<T> link) {
        if (link.chain == this) {
            return;
        }
        if (link.chain != null) {
            link.chain.remove(link);
        }
        link.chain = this;
        link.previous = null;
        link.next = first;
        if (first != null) {
            first.previous = link;
        }
        first = link;
        length++;
    }

    private void remove(Link<T> link) {
        if (link.previous == null) {
            first = link.next;
        } else {
            link.previous.next = link.next;
        }
        if (link.next != null) {
            link.next.previous = link.previous;
        }
        link.chain = null;
        link.next = null;
        link.previous = null;
        length--;
    }
}
