package io.slabcache.internal.views;

import io.slabcache.internal.cache.BulkCalls;
import io.slabcache.internal.magazine.ThreadCache;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * Bulk calls by views.
 *
 * @param <V> type of the views
 */
public final class ViewBulk<V> {
    private final ObjectViews<V> views;
    private final BulkCalls bulk;

    /** Finds the address of a view; 0 for anything else. */
    private final ToLongFunction<V> addresses;

    /**
     * Makes bulk calls.
     *
     * @param views of the cache
     * @param addresses finds the address of a view, or reports why there is none and returns 0
     */
    public ViewBulk(ObjectViews<V> views, ToLongFunction<V> addresses) {
        this.views = views;
        this.bulk = views.parts().bulk;
        this.addresses = addresses;
    }

    private ThreadCache current() {
        return views.parts().core.magazines().caches().current();
    }

    /**
     * Allocates many objects or none.
     *
     * @param into gets the views; untouched if there are not enough objects
     * @param offset of the first
     * @param count how many, 0 or more
     * @return false at the bound
     */
    public boolean allocate(V[] into, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, into.length);
        ThreadCache cache = current();
        long[] lent = bulk.allocate(cache, count);
        if (lent == null) {
            return false;
        }
        int made = 0;
        try {
            for (; made < count; made++) {
                into[offset + made] = views.view(lent[made]);
            }
            return true;
        } finally {
            if (made < count) {
                // The heap is full, so a view could not be made.
                bulk.undo(lent, count);
            }
            bulk.giveBack(cache, lent);
        }
    }

    /**
     * Frees many objects or, if one of them is refused, none.
     *
     * @param from their views
     * @param offset of the first
     * @param count how many, 0 or more
     */
    public void free(V[] from, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, from.length);
        views.parts().core.requireOpen();
        ThreadCache cache = current();
        long[] lent = bulk.borrow(cache, count);
        try {
            int found = 0;
            while (found < count) {
                lent[found] = addresses.applyAsLong(from[offset + found]);
                if (lent[found] == 0) {
                    return;
                }
                found++;
            }
            bulk.freeLent(cache, lent, count);
        } finally {
            bulk.giveBack(cache, lent);
        }
    }
}
