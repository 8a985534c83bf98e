package io.slabcache.internal.sizes;

import io.slabcache.internal.slab.LeaseMarks;
import io.slabcache.internal.slab.SizedObjects;
import io.slabcache.internal.slab.Slab;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Objects of any size and alignment, in classes or beyond them: the calls that the front door does not serve at once. */
public final class AnySize {
    /** Every object has this alignment, in bytes. */
    public static final long SURE_ALIGNMENT = 8;

    /** The bytes of an arena's first chunk. */
    static final long CHUNK = 4 << 10;

    /** The most bytes of an arena's object that shares a chunk; the largest chunk has four such objects. */
    static final long MOST_SHARED = 16 << 10;

    /** The class of an arena's first chunk. */
    static final int CHUNK_NUMBER = SizeClasses.number(CHUNK);

    final ClassCaches classes;
    final ClassAllocations small;
    final LargeObjects large;
    final LargeLeaks largeLeaks;
    final ForeignFrees foreign;

    /** Whether small objects of an arena share memory. Not if the allocator is debugged. */
    final boolean sharesChunks;

    AnySize(
            ClassCaches classes,
            LargeObjects large,
            LargeLeaks largeLeaks,
            ForeignFrees foreign,
            boolean sharesChunks) {
        this.sharesChunks = sharesChunks;
        this.classes = classes;
        this.small = new ClassAllocations(classes);
        this.large = large;
        this.largeLeaks = largeLeaks;
        this.foreign = foreign;
    }

    /** {@return a segment of any size with any alignment} */
    public MemorySegment allocate(long bytes, long alignment) {
        require(bytes, 0, alignment);
        if (bytes > SizeClasses.LARGEST || alignment > SizeClasses.LARGEST_ALIGNMENT) {
            largeLeaks.report();
            return largeLeaks.watch(large.allocate(bytes, alignment));
        }
        int number = SizeClasses.number(Math.max(bytes, 1), alignment);
        if (bytes >= SizeClasses.leastBytes(number)) {
            return small.allocate(number, bytes);
        }
        // For the mark.
        StackReserve.claim(1);
        MemorySegment object = small.allocate(number, bytes);
        classes.get(number).markShort(object.address());
        return object;
    }

    /** {@return the address of an object of any size with any alignment} */
    public long allocateAddress(long bytes, long alignment) {
        require(bytes, 1, alignment);
        if (bytes > SizeClasses.LARGEST || alignment > SizeClasses.LARGEST_ALIGNMENT) {
            largeLeaks.report();
            return large.allocate(bytes, alignment).address();
        }
        int number = SizeClasses.number(bytes, alignment);
        if (bytes >= SizeClasses.leastBytes(number)) {
            return small.allocateAddress(number, bytes);
        }
        StackReserve.claim(1);
        long address = small.allocateAddress(number, bytes);
        classes.get(number).markShort(address);
        return address;
    }

    static void require(long bytes, long least, long alignment) {
        if (bytes < least) {
            throw new IllegalArgumentException("byteSize is " + bytes + "; expected " + least + " or more"
                    + (bytes == 0 ? ", because no byte may be used at the address of an empty object" : ""));
        }
        if (alignment <= 0 || Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("byteAlignment is " + alignment + "; expected a power of two");
        }
    }

    /** Frees an object by its segment. */
    void free(MemorySegment object) {
        freeElsewhere(object);
    }

    /** Frees an object by its address. */
    void freeAddress(long address) {
        freeElsewhere(address);
    }

    /** Frees a segment whose address the fast look-up did not find in a class, or reports it. */
    public void freeElsewhere(@Nullable MemorySegment object) {
        long address = ForeignFrees.address(object);
        Slab slab = classes.findSurely(address);
        if (slab != null && object != null) {
            classes.classOf(slab).free(slab, object);
        } else if (object == null || !object.isNative() || !large.free(object)) {
            classes.requireOpen();
            foreign.report(object);
        }
    }

    /** Frees the object at an address that the fast look-up did not find in a class, or reports it. */
    public void freeElsewhere(long address) {
        Slab slab = classes.findSurely(address);
        if (slab != null) {
            classes.classOf(slab).freeAddress(slab, address);
        } else if (!large.free(address)) {
            classes.requireOpen();
            foreign.report(address);
        }
    }

    /** Frees an arena's first chunk, for what the caller's part of the class does not take back. */
    void endChunk(Slab slab, long address) {
        boolean leased = LeaseMarks.endIfLeased(slab.liveBytes(), slab.place(address));
        try {
            SizeClass chunks = classes.get(CHUNK_NUMBER);
            chunks.takeBack(chunks.current(), slab, address, leased);
        } catch (IllegalStateException e) {
            classes.passIfClosed(e);
        }
    }

    /** {@return the bytes of an object that its user may use} */
    public long sizeOf(long address) {
        Slab slab = classes.findSurely(address);
        if (slab != null && slab.startsAt(address)) {
            return classes.classOf(slab).usableBytes(slab, address);
        }
        long bytes = large.bytesAt(address);
        if (bytes < 0) {
            classes.requireOpen();
            throw new IllegalArgumentException("no object of " + classes + " starts at 0x" + Long.toHexString(address)
                    + "; expected an address that it handed out");
        }
        return bytes;
    }

    /** {@return a new segment of the first bytes of an object} */
    public MemorySegment segment(long address, long bytes) {
        long most = sizeOf(address);
        if (bytes < 0 || bytes > most) {
            throw new IllegalArgumentException("byteSize is " + bytes + "; expected 0 to " + most + ", the size of the"
                    + " object at 0x" + Long.toHexString(address));
        }
        Slab slab = classes.findSurely(address);
        return slab != null ? SizedObjects.segment(slab, address, bytes) : large.segmentAt(address, bytes);
    }

    /** {@return whether an object starts at an address} */
    public boolean owns(long address) {
        Slab slab = classes.findSurely(address);
        return slab != null ? slab.startsAt(address) : large.bytesAt(address) >= 0;
    }

    /** {@return the allocator in words} */
    @Override
    public String toString() {
        return classes.toString();
    }
}
