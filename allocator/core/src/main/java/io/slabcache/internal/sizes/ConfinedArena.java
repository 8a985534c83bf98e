package io.slabcache.internal.sizes;

import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.magazine.ThreadCache;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * An arena for one thread. An arena of the JDK is its scope, and has all of the JDK's rules: it knows its thread, refuses
 * others, and ends once.
 *
 * <p>If the thread's spare chunk is at hand, the arena leases it at once, and small objects come from it. Everything else
 * is done by {@link ArenaObjects}, which are made when they are needed. So an arena of few small objects is so short a
 * piece of code that the compiler can remove all of its Java objects.
 */
public final class ConfinedArena implements Arena {
    private final AnySize sizes;
    private final Arena scope;
    private final Thread owner;

    /** The owner's part of the class of first chunks. */
    private final ThreadCache part;

    private Slab slab = Slab.NONE;

    /** The address of the first chunk, or 0. */
    private long chunk;

    /** The address behind the last byte in use of the current chunk, and behind that chunk. */
    private long used;

    private long end;

    /** Null until the first chunk does not serve. */
    private @Nullable ArenaObjects more;

    /**
     * Makes an arena of the calling thread.
     *
     * @param sizes of the allocator
     * @param quick finds the part of the calling thread
     * @param rows of the path
     * @throws IllegalCallerException if the JVM denies this library native access
     */
    public ConfinedArena(AnySize sizes, QuickPath quick, ThreadCache[][] rows) {
        NativeAccess.requireForArenas();
        this.sizes = sizes;
        this.part = QuickPath.part(quick, rows, AnySize.CHUNK_NUMBER);
        this.scope = Arena.ofConfined();
        this.owner = Thread.currentThread();
        Slab slab = part.spareSlab();
        long spare = part.spareAddress();
        // Last, because nothing may fail after it.
        if (part.leaseSpare()) {
            this.slab = slab;
            this.chunk = spare;
            this.used = spare;
            this.end = spare + AnySize.CHUNK;
        } else {
            // The spare object is elsewhere, or the class was closed.
            quick.learn(AnySize.CHUNK_NUMBER);
        }
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        if (Thread.currentThread() != owner) {
            throw wrongThread();
        }
        long mask = byteAlignment - 1 | AnySize.SURE_ALIGNMENT - 1;
        long start = used + mask & ~mask;
        long next = start + Math.max(byteSize, 1);
        if (byteSize < 0
                || byteSize > AnySize.MOST_SHARED
                || next > end
                || Long.compareUnsigned(byteAlignment - 1, AnySize.CHUNK) >= 0
                || Long.bitCount(byteAlignment) != 1) {
            start = allocateMore(byteSize, byteAlignment);
        } else {
            used = next;
        }
        // One place for both ways: the compiler removes no object that may come from two.
        return NativeAccess.view(start, byteSize, scope).fill((byte) 0);
    }

    /** Returns the address of an object for which the current chunk has no room. */
    private long allocateMore(long byteSize, long byteAlignment) {
        ArenaObjects objects = more;
        if (objects == null) {
            objects = new ArenaObjects(sizes, scope, chunk == 0 ? 0 : 1);
            more = objects;
        }
        long next = objects.leaseChunk(byteSize, byteAlignment);
        if (next == 0) {
            return objects.allocateAlone(byteSize, byteAlignment);
        }
        // Not by a call of the method above, which the compiler could not inline any more. The chunk is large enough.
        long start = next + byteAlignment - 1 & -byteAlignment;
        used = start + Math.max(byteSize, 1);
        end = objects.end();
        return start;
    }

    private WrongThreadException wrongThread() {
        return new WrongThreadException("the arena belongs to " + owner + " but was called by " + Thread.currentThread()
                + "; use sharedArena() for several threads");
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    /**
     * No stack is claimed for the usual case, because that would cost more than all else. So an overflow may end the scope
     * and leave the objects here: another close gives them back.
     */
    @Override
    public void close() {
        if (more != null && Thread.currentThread() == owner) {
            more.claimStack();
        }
        try {
            scope.close();
        } catch (IllegalStateException e) {
            if (!isCutShort()) {
                throw e;
            }
        }
        used = 0;
        end = 0;
        try {
            if (chunk == 0 || part.giveLeasedSpare(chunk)) {
                chunk = 0;
            } else {
                endChunk();
            }
        } finally {
            if (more != null) {
                more.giveBack();
            }
        }
    }

    /** Whether a close of the calling thread, which is the owner, has ended the scope and not given all objects back. */
    private boolean isCutShort() {
        return !scope.scope().isAlive() && (chunk != 0 || more != null && more.isAny());
    }

    private void endChunk() {
        ArenaObjects.claimStackForOne();
        long ended = chunk;
        chunk = 0;
        sizes.endChunk(slab, ended);
    }
}
