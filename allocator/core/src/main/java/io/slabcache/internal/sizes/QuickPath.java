package io.slabcache.internal.sizes;

import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.slab.SlabDirectory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way to allocate and free objects of size classes: the part of the calling thread is found in its row, a free
 * guesses the class by the address, and both expect the object in the slab that the part guesses. Where a class has several
 * slabs that guess is often wrong, and the slab of the object's page is the next one. The slab checks the object, so a wrong
 * one changes nothing, and the call goes to {@link SizeClass}.
 *
 * <p>With sizes and addresses that no processor can predict, the time of a call is that of its longest chain of dependent
 * loads. So the methods are static and get what their caller has at hand.
 */
public final class QuickPath {
    private final AnySize sizes;
    private final ClassCaches classes;
    private final SlabDirectory directory;
    private final ThreadRows rows = new ThreadRows();

    QuickPath(AnySize sizes) {
        this.sizes = sizes;
        this.classes = sizes.classes;
        this.directory = classes.directory();
    }

    /** {@return the parts of all threads, for the methods below} */
    public ThreadCache[][] rows() {
        return rows.rows();
    }

    /** {@return the slabs of all classes, for the methods below} */
    public SlabDirectory directory() {
        return directory;
    }

    /**
     * Allocates an object.
     *
     * @param quick the path
     * @param rows of the path
     * @param bytes 1 to {@link SizeClasses#LARGEST}
     * @return its address
     */
    public static long allocateAddress(QuickPath quick, ThreadCache[][] rows, long bytes) {
        int number = SizeClasses.number(bytes);
        long id = Thread.currentThread().threadId();
        ThreadCache part = ThreadRows.likely(rows, id, number);
        if (!part.isOwnedBy(id)) {
            return quick.learnAndAllocateAddress(number, bytes);
        }
        long address = part.peek();
        if (part.trusted && address != 0) {
            part.drop();
            return address;
        }
        Slab slab = part.guess();
        if (!slab.hasObjectAt(address)) {
            return quick.allocateElsewhere(number, part, address, bytes);
        }
        part.take(slab, address);
        return address;
    }

    /** The object lies in another slab, or the magazine is empty, or a close has begun. */
    private long allocateElsewhere(int number, ThreadCache part, long next, long bytes) {
        Slab slab = directory.likely(next);
        if (slab.hasObjectAt(next) && part.isOf(slab) && part.missGuess(slab)) {
            part.take(slab, next);
            return next;
        }
        SizeClass served = classes.get(number);
        // Otherwise the class was closed and made anew.
        if (served.current() == part) {
            try {
                return served.allocateAddress(part, next, bytes);
            } catch (IllegalStateException e) {
                classes.replace(number, served, e);
            }
        }
        return learnAndAllocateAddress(number, bytes);
    }

    private long learnAndAllocateAddress(int number, long bytes) {
        learn(number);
        return sizes.small.allocateAddress(number, bytes);
    }

    /**
     * Allocates an object.
     *
     * @param quick the path
     * @param rows of the path
     * @param bytes 1 to {@link SizeClasses#LARGEST}
     * @return a segment of its first bytes
     */
    public static MemorySegment allocate(QuickPath quick, ThreadCache[][] rows, long bytes) {
        int number = SizeClasses.number(bytes);
        long id = Thread.currentThread().threadId();
        ThreadCache part = ThreadRows.likely(rows, id, number);
        if (!part.isOwnedBy(id)) {
            return quick.learnAndAllocate(number, bytes);
        }
        long address = part.peek();
        Slab slab = part.guess();
        if (!slab.hasObjectAt(address)) {
            return quick.allocateSegmentElsewhere(number, part, address, bytes);
        }
        // Before the object is taken, because there may be no heap for it.
        MemorySegment object = SizedObjects.segment(slab, address, bytes);
        part.take(slab, address);
        return object;
    }

    private MemorySegment allocateSegmentElsewhere(int number, ThreadCache part, long next, long bytes) {
        Slab slab = directory.likely(next);
        if (slab.hasObjectAt(next) && part.isOf(slab) && part.missGuess(slab)) {
            MemorySegment object = SizedObjects.segment(slab, next, bytes);
            part.take(slab, next);
            return object;
        }
        SizeClass served = classes.get(number);
        if (served.current() == part) {
            try {
                return served.allocate(part, next, bytes);
            } catch (IllegalStateException e) {
                classes.replace(number, served, e);
            }
        }
        return learnAndAllocate(number, bytes);
    }

    private MemorySegment learnAndAllocate(int number, long bytes) {
        learn(number);
        return sizes.small.allocate(number, bytes);
    }

    /**
     * Returns the calling thread's part of a class.
     *
     * @param quick the path
     * @param rows of the path
     * @param number of the class
     * @return its part, or the shared empty one
     */
    public static ThreadCache part(QuickPath quick, ThreadCache[][] rows, int number) {
        long id = Thread.currentThread().threadId();
        ThreadCache part = ThreadRows.likely(rows, id, number);
        return part.isOwnedBy(id) ? part : quick.learn(number).current();
    }

    /** {@return the parts, for tests} */
    ThreadRows threadRows() {
        return rows;
    }

    /** {@return an estimate of the Java heap, for 4-byte references} */
    long heapBytes() {
        return rows.heapBytes();
    }

    /** Drops what is kept here of dead threads. */
    void forgetDead() {
        rows.forgetDead();
    }

    /** {@return a class, after a look at the calling thread's part of it; throws if the allocator is closed} */
    SizeClass learn(int number) {
        SizeClass served = classes.get(number);
        rows.learn(number, served.current());
        return served;
    }

    /**
     * Frees an object, or reports an address.
     *
     * @param quick the path
     * @param rows of the path
     * @param directory of the path
     * @param address anything
     */
    public static void freeAddress(QuickPath quick, ThreadCache[][] rows, SlabDirectory directory, long address) {
        long id = Thread.currentThread().threadId();
        ThreadCache part = ThreadRows.likely(rows, id, directory.likelyClass(address));
        if (!part.isOwnedBy(id) || !free(part, part.guess(), address)) {
            quick.freeElsewhere(id, address);
        }
    }

    /**
     * Frees an object into a part that the calling thread owns.
     *
     * @param part of the class of the slab
     * @param slab that the object is expected in
     * @param address anything
     * @return false, and nothing changed, if it is not a live object of the slab, or the magazine is full
     */
    public static boolean free(ThreadCache part, Slab slab, long address) {
        return part.trusted ? slab.contains(address) && part.push(address) : part.freeInto(slab, address);
    }

    private void freeElsewhere(long id, long address) {
        Slab slab = directory.find(address);
        if (slab == null) {
            sizes.freeElsewhere(address);
            return;
        }
        int number = slab.geometry.sizeClass;
        ThreadCache part = ThreadRows.likely(rows.rows(), id, number);
        if (!part.isOwnedBy(id) || !part.isOf(slab) || !free(part, slab, address)) {
            learn(number).freeAddress(slab, address);
        }
    }

    /**
     * Frees an object by a segment, or reports it.
     *
     * @param quick the path
     * @param rows of the path
     * @param directory of the path
     * @param object anything
     */
    public static void free(
            QuickPath quick, ThreadCache[][] rows, SlabDirectory directory, @Nullable MemorySegment object) {
        long id = Thread.currentThread().threadId();
        long address = ForeignFrees.address(object);
        int number = directory.likelyClass(address);
        ThreadCache part = ThreadRows.likely(rows, id, number);
        if (object == null || !part.isOwnedBy(id) || !isWhole(object, number) || !free(part, part.guess(), address)) {
            quick.freeElsewhere(id, address, object);
        }
    }

    /** Whether a native segment may be that of a whole object; its size is in the range of the class. */
    private static boolean isWhole(MemorySegment object, int number) {
        return SizeClasses.isOf(object.byteSize(), number)
                && !object.isReadOnly()
                && object.scope().isAlive();
    }

    private void freeElsewhere(long id, long address, @Nullable MemorySegment object) {
        Slab slab = directory.find(address);
        if (slab == null || object == null) {
            sizes.freeElsewhere(object);
            return;
        }
        int number = slab.geometry.sizeClass;
        ThreadCache part = ThreadRows.likely(rows.rows(), id, number);
        if (!part.isOwnedBy(id) || !part.isOf(slab) || !isWhole(object, number) || !free(part, slab, address)) {
            learn(number).free(slab, object);
        }
    }
}
