package io.slabcache.internal.cache;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabIndex;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A free by a known thread, the mirror of {@link AllocationPath}, after its caller has excluded the spare object and
 * has tried {@link ThreadCache#freeGuessed(long)}. In order: the look-up of the object's slab; its check and mark; a
 * push to the loaded magazine, or the slow path through depot and slabs. An address that is not a live object goes to
 * the {@link SlowPath}.
 */
public final class FreePath {
    private final SlabIndex index;
    private final boolean checked;
    private final FreeMarks marks;
    private final FreedObjects freed;
    private final SlowPath slow;

    FreePath(CacheCore core, SlowPath slow) {
        this.index = core.index;
        this.checked = core.isChecked();
        this.marks = new FreeMarks(core);
        this.freed = new FreedObjects(core);
        this.slow = slow;
    }

    /** Frees an object by its address. */
    public void freeAddress(ThreadCache cache, long address) {
        if (cache.trusted) {
            freed.push(cache, address);
        } else {
            freeChecked(cache, address);
        }
    }

    private void freeChecked(ThreadCache cache, long address) {
        if (FreeMarks.mark(cache.guess(), address) || FreeMarks.mark(index.find(address), address)) {
            keepOrPush(cache, address);
        } else {
            slow.free(cache, address);
        }
    }

    /** Frees an object by its segment. */
    public void free(ThreadCache cache, @Nullable MemorySegment object) {
        if (object == null) {
            slow.free(cache, null);
        } else if (cache.trusted) {
            // A spare object pays even in an unchecked cache: it saves the look-up of a segment.
            keepOrPush(cache, object.address());
        } else {
            freeChecked(cache, object);
        }
    }

    private void freeChecked(ThreadCache cache, MemorySegment object) {
        long address = object.address();
        if (marks.mark(cache.guess(), address, object) || marks.mark(index.find(address), address, object)) {
            keepOrPush(cache, address);
        } else {
            slow.free(cache, object);
        }
    }

    /** Takes an object that the caller has marked free. */
    public void giveBack(ThreadCache cache, long address) {
        if (checked) {
            keepOrPush(cache, address);
        } else {
            freeAddress(cache, address);
        }
    }

    private void keepOrPush(ThreadCache cache, long address) {
        if (!cache.wantsSpare() || !keep(cache, address)) {
            freed.push(cache, address);
        }
    }

    private boolean keep(ThreadCache cache, long address) {
        Slab slab = cache.slabOf(address, index);
        return slab != null && cache.keep(slab, address);
    }
}
