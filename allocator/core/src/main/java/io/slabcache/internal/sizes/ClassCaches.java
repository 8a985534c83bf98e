package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.cache.CacheAssembler;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.SizeRange;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabDirectory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The caches of all size classes, each made when its first object is needed, without a lock. All enter their slabs in one
 * directory, so that one look-up tells the class of an object.
 */
public final class ClassCaches {
    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(SizeClass[].class);

    private final AllocatorSettings settings;
    private final SlabDirectory directory = new SlabDirectory(SizeClasses::number);

    /** By number; null where none was needed yet, and after a close. Set by compare-and-set, read plainly. */
    private final @Nullable SizeClass[] classes = new SizeClass[SizeClasses.COUNT];

    /** Closed, but with memory that a native call still used. */
    private final ConcurrentLinkedQueue<CacheParts> unfinished = new ConcurrentLinkedQueue<>();

    private volatile boolean isClosed;

    /**
     * Prepares the classes of an allocator.
     *
     * @param settings of the allocator
     */
    public ClassCaches(AllocatorSettings settings) {
        this.settings = settings;
    }

    /** {@return the class that serves a size, given the number of the class} */
    public SizeClass get(int number) {
        SizeClass known = classes[number];
        return known != null ? known : create(number == 0 ? SizeClasses.FIRST : number, number);
    }

    /** Numbers 0 and 1 share one class. */
    private SizeClass create(int number, int alias) {
        requireOpen();
        SizeClass known = number == alias ? null : (SizeClass) ENTRY.getAcquire(classes, number);
        SizeClass made = known != null ? known : add(number);
        if (number != alias) {
            ENTRY.setRelease(classes, alias, made);
        }
        // A close that did not see the new entry has set this before it looked.
        if (isClosed) {
            closeNow();
            requireOpen();
        }
        return made;
    }

    private SizeClass add(int number) {
        SizeRange range = new SizeRange(SizeClasses.leastBytes(number), directory, this::shrink);
        CacheParts parts = CacheAssembler.assemble(settings.ofClass(number), Optional.of(range));
        SizeClass made = new SizeClass(parts);
        SizeClass other = (SizeClass) ENTRY.compareAndExchange(classes, number, null, made);
        if (other != null) {
            parts.closing.closeNow();
            return other;
        }
        return made;
    }

    /** {@return the slabs of all classes} */
    SlabDirectory directory() {
        return directory;
    }

    /** {@return the slab whose objects cover an address; or null, perhaps because the caller does not own an object there} */
    public @Nullable Slab find(long address) {
        return directory.find(address);
    }

    /** {@return like {@link #find}, but null is certain} */
    public @Nullable Slab findSurely(long address) {
        return directory.findSurely(address);
    }

    /** {@return the class of a slab} */
    public SizeClass classOf(Slab slab) {
        return get(SizeClasses.number(SizedObjects.size(slab)));
    }

    /** Throws if the allocator is closed. */
    void requireOpen() {
        if (isClosed) {
            throw closed();
        }
    }

    /** {@return the exception for a call after the close} */
    IllegalStateException closed() {
        return new IllegalStateException(this + " is closed");
    }

    /** {@return whether the allocator is closed} */
    boolean isClosed() {
        return isClosed;
    }

    /** {@return the caches that were made, by size} */
    private List<CacheParts> made() {
        List<CacheParts> made = new ArrayList<>();
        for (int number = SizeClasses.FIRST; number < SizeClasses.COUNT; number++) {
            SizeClass entry = (SizeClass) ENTRY.getAcquire(classes, number);
            if (entry != null) {
                made.add(entry.parts);
            }
        }
        return made;
    }

    /** {@return statistics of the classes that were used, by size} */
    public List<SlabCacheStats> stats() {
        return made().stream().map(parts -> parts.inspection.stats()).toList();
    }

    /** {@return the bytes that went back to the memory source} */
    public long shrink() {
        return sum(parts -> parts.upkeep.shrink());
    }

    private long sum(ToLongFunction<CacheParts> figure) {
        return made().stream().mapToLong(figure).sum();
    }

    /** {@return the live objects of all classes} */
    public long live() {
        return sum(parts -> parts.inspection.stats().liveObjects());
    }

    /** {@return what a close would say of each class with live objects} */
    public List<LiveObjectsException> liveObjects() {
        return made().stream()
                .map(parts -> parts.inspection.liveObjects())
                .filter(refusal -> refusal.liveObjects() > 0)
                .toList();
    }

    /**
     * Closes all classes. A class whose object was allocated meanwhile stops that: it stays open, and the others are
     * made anew when they are needed.
     *
     * @throws LiveObjectsException in that case
     */
    public void close() {
        end(parts -> parts.closing.close());
        isClosed = true;
        // A class that was made during the close.
        boolean done = false;
        try {
            end(parts -> parts.closing.close());
            done = true;
        } finally {
            isClosed = done || made().isEmpty();
        }
    }

    /** Closes all classes, even if objects are live. */
    public void closeNow() {
        isClosed = true;
        end(parts -> parts.closing.closeNow());
    }

    private void end(Consumer<CacheParts> end) {
        IllegalStateException[] failure = new IllegalStateException[1];
        // Once each, because those that cannot end yet come back.
        for (int left = unfinished.size(); left > 0; left--) {
            CacheParts parts = unfinished.poll();
            if (parts != null) {
                end(parts, each -> each.closing.closeNow(), failure);
            }
        }
        for (int number = 0; number < SizeClasses.COUNT; number++) {
            SizeClass entry = (SizeClass) ENTRY.getAcquire(classes, number);
            if (entry != null) {
                end(entry.parts, end, failure);
                ENTRY.compareAndSet(classes, number, entry, null);
            }
        }
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    /** A cache with memory in a native call is closed nevertheless; the rest of its memory goes back later. */
    private void end(CacheParts parts, Consumer<CacheParts> end, IllegalStateException[] failure) {
        try {
            end.accept(parts);
        } catch (IllegalStateException e) {
            if (parts.isOpen()) {
                throw e;
            }
            unfinished.add(parts);
            if (failure[0] == null) {
                failure[0] = e;
            } else {
                failure[0].addSuppressed(e);
            }
        }
    }

    /** {@return the allocator in words} */
    @Override
    public String toString() {
        return "allocator '" + settings.name() + "'";
    }
}
