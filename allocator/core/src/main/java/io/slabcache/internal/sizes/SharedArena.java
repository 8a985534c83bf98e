package io.slabcache.internal.sizes;

import io.slabcache.internal.cache.NativeAccess;
import io.slabcache.internal.util.StackReserve;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/** An arena for any thread. Its scope is a shared arena of the JDK, whose close waits until no thread accesses it. */
public final class SharedArena implements Arena {
    private final Arena scope;

    /** A lock of the JDK, because an allocation may ask the memory source, which may take long. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final ArenaObjects objects;

    /** Whether a close has come to the objects. Guarded by the lock. */
    private boolean isGivingBack;

    /**
     * Makes an arena.
     *
     * @param sizes of the allocator
     * @throws IllegalCallerException if the JVM denies this library native access
     */
    public SharedArena(AnySize sizes) {
        NativeAccess.requireForArenas();
        sizes.classes.requireOpen();
        this.scope = Arena.ofShared();
        this.objects = new ArenaObjects(sizes, scope, 0);
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        long address;
        // An overflow between the acquisition and the try would leave the lock held.
        StackReserve.claim(1);
        lock.lock();
        try {
            address = objects.allocate(byteSize, byteAlignment);
        } finally {
            lock.unlock();
        }
        // If a close was faster, this throws, as every other access.
        return NativeAccess.view(address, byteSize, scope).fill((byte) 0);
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    /**
     * An allocation that comes between the two steps finds the scope closed, or its object is given back here. If a close
     * did not give all objects back, because a memory source threw an error, another one does.
     */
    @Override
    public void close() {
        ArenaObjects.claimStackForOne();
        try {
            scope.close();
        } catch (IllegalStateException e) {
            if (!isCutShort()) {
                throw e;
            }
        }
        lock.lock();
        try {
            isGivingBack = true;
            objects.giveBackAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isCutShort() {
        lock.lock();
        try {
            return isGivingBack && objects.isAny();
        } finally {
            lock.unlock();
        }
    }
}
