package io.slabcache.internal.sizes;

import io.slabcache.diagnostics.LiveObjectsException;
import io.slabcache.diagnostics.SlabCacheStats;
import io.slabcache.internal.cache.CacheAssembler;
import io.slabcache.internal.cache.CacheParts;
import io.slabcache.internal.cache.Closing;
import io.slabcache.internal.cache.SizeRange;
import io.slabcache.internal.slab.FirstSlab;
import io.slabcache.internal.slab.Gate;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabDirectory;
import io.slabcache.internal.util.StackReserve;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caches of all size classes, each made when its first object is needed, without a lock. All enter their slabs in one
 * directory, so that one look-up tells the class of an object.
 */
public final class ClassCaches {
    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(SizeClass[].class);

    private final AllocatorSettings settings;
    private final SlabDirectory directory = new SlabDirectory();

    /** By number; null where none was needed yet, and after a close. Set by compare-and-set, read plainly. None at 0. */
    private final @Nullable SizeClass[] classes = new SizeClass[SizeClasses.COUNT];

    /** Closed, but with memory that could not go back, for example because a native call used it. */
    private final ConcurrentLinkedQueue<CacheParts> unfinished = new ConcurrentLinkedQueue<>();

    private final Gate gate;

    /** Of the classes that are made from now on. */
    private volatile FirstSlab firstSlab = FirstSlab.LARGE;

    /**
     * Prepares the classes of an allocator.
     *
     * @param settings of the allocator
     * @param gate of the allocator
     */
    ClassCaches(AllocatorSettings settings, Gate gate) {
        this.settings = settings;
        this.gate = gate;
    }

    /** {@return the class that serves a size, given the number of the class} */
    public SizeClass get(int number) {
        // Numbers 0 and 1 share one class.
        int place = Math.max(number, SizeClasses.FIRST);
        SizeClass known = classes[place];
        return known != null ? known : create(place);
    }

    private SizeClass create(int place) {
        requireOpen();
        StackReserve.claimForFirstUse();
        SizeRange range = new SizeRange(place, SizeClasses.leastBytes(place), directory, this::shrink, firstSlab);
        SizeClass made = new SizeClass(CacheAssembler.assemble(settings.ofClass(place), Optional.of(range)));
        SizeClass other = (SizeClass) ENTRY.compareAndExchange(classes, place, null, made);
        if (other != null) {
            made.parts.closing.closeNow();
            return other;
        }
        // A close that did not see the new entry has sealed the gate before it looked.
        if (!gate.isOpen()) {
            ENTRY.compareAndSet(classes, place, made, null);
            made.parts.closing.closeNow();
            throw closed();
        }
        return made;
    }

    /**
     * Lets the caller of a class that has refused a call try it again with another class. A close of the allocator closes
     * one class after the other. Until it is decided, and if it is refused, users of a closed class go on with a new one.
     *
     * @throws IllegalStateException if the class is open, so that the refusal means something else, or the allocator is
     *     closed
     */
    void replace(int number, SizeClass served, IllegalStateException refusal) {
        if (served.parts.isOpen()) {
            throw refusal;
        }
        ENTRY.compareAndSet(classes, Math.max(number, SizeClasses.FIRST), served, null);
        requireOpen();
    }

    /** Makes the slabs of classes small at first, except of those that exist. */
    public void beginSmall() {
        firstSlab = FirstSlab.SMALL;
    }

    /**
     * Passes over the refusal of an object whose lease has just ended, if the allocator is closed: a forced close has left
     * the memory to the lease, and the next close gives it back.
     */
    void passIfClosed(IllegalStateException refusal) {
        if (gate.isOpen()) {
            throw refusal;
        }
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
        return get(slab.geometry.sizeClass);
    }

    /** Throws if the allocator is closed. Waits for the decision of a close. */
    void requireOpen() {
        if (!gate.isOpen()) {
            throw closed();
        }
    }

    /** {@return the exception for a call after the close} */
    IllegalStateException closed() {
        return new IllegalStateException(this + " is closed");
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
        return made().stream().mapToLong(ClassCaches::shrink).sum();
    }

    private static long shrink(CacheParts parts) {
        try {
            return parts.upkeep.shrink();
        } catch (IllegalStateException e) {
            if (parts.isOpen()) {
                throw e;
            }
            // A close that may be refused has closed it, and gives its memory back.
            return 0;
        }
    }

    /** {@return whether a class certainly has live objects; false if objects move all the time} */
    boolean isAnySurelyLive() {
        return made().stream().anyMatch(parts -> parts.inspection.isAnySurelyLive());
    }

    /** {@return what a close would say of each class with live objects} */
    public List<LiveObjectsException> liveObjects() {
        return made().stream()
                .map(parts -> parts.inspection.liveObjects())
                .filter(refusal -> refusal.liveObjects() > 0)
                .toList();
    }

    /** Whether no class is left; exact while the gate is sealed. */
    boolean isEmpty() {
        for (int place = SizeClasses.FIRST; place < SizeClasses.COUNT; place++) {
            if (ENTRY.getAcquire(classes, place) != null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Closes each class without live objects.
     *
     * @return why memory of a closed class has not gone back, or null
     * @throws LiveObjectsException at the first class with live objects; it stays open
     */
    @Nullable
    IllegalStateException close() {
        return endAll(closing -> closing.close());
    }

    /**
     * Closes each class, even if objects are live.
     *
     * @return why memory has not gone back, or null
     */
    @Nullable
    IllegalStateException closeNow() {
        return endAll(closing -> closing.closeNow());
    }

    /**
     * Closes again what was closed, but had memory that could not go back.
     *
     * @return why memory has not gone back, or null
     */
    @Nullable
    IllegalStateException finish() {
        IllegalStateException failure = null;
        for (CacheParts parts : unfinished) {
            try {
                parts.closing.closeNow();
                unfinished.remove(parts);
            } catch (IllegalStateException e) {
                failure = first(failure, e);
            }
        }
        return failure;
    }

    private @Nullable IllegalStateException endAll(Consumer<Closing> end) {
        IllegalStateException failure = null;
        for (int place = SizeClasses.FIRST; place < SizeClasses.COUNT; place++) {
            SizeClass entry = (SizeClass) ENTRY.getAcquire(classes, place);
            if (entry != null) {
                try {
                    end(entry.parts, end);
                } catch (IllegalStateException e) {
                    if (entry.parts.isOpen()) {
                        throw e;
                    }
                    failure = first(failure, e);
                }
                ENTRY.compareAndSet(classes, place, entry, null);
            }
        }
        return failure;
    }

    /** A cache that has memory left is closed nevertheless, and kept until the memory has gone back. */
    private void end(CacheParts parts, Consumer<Closing> end) {
        boolean done = false;
        try {
            end.accept(parts.closing);
            done = true;
        } finally {
            if (!done && !parts.isOpen()) {
                unfinished.add(parts);
            }
        }
    }

    /** {@return the first of two failures, with the other one} */
    static @Nullable IllegalStateException first(
            @Nullable IllegalStateException failure, @Nullable IllegalStateException next) {
        if (failure == null || next == null) {
            return failure == null ? next : failure;
        }
        failure.addSuppressed(next);
        return failure;
    }

    /** {@return the allocator in words} */
    @Override
    public String toString() {
        return "allocator '" + settings.name() + "'";
    }
}
