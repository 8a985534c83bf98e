package io.slabcache.memory;

import io.slabcache.internal.system.LinuxConstants;
import io.slabcache.internal.system.MemoryCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Passes calls to the system, refuses one of them, and counts the bytes of addresses that are mapped. Not thread-safe. */
final class FaultyCalls implements MemoryCalls {
    private final MemoryCalls system;

    /** The name and the arguments of all calls so far. */
    final List<String> calls = new ArrayList<>();

    final AtomicLong mappedBytes = new AtomicLong();
    private int left = Integer.MAX_VALUE;
    private String name = "";
    private int error;

    FaultyCalls(MemoryCalls system) {
        this.system = system;
    }

    /** Refuses one call, after as many others. */
    void refuse(int after, int error) {
        left = after;
        this.error = error;
    }

    /** Refuses the next call of a kind. */
    void refuse(String name, int error) {
        this.name = name;
        this.error = error;
    }

    /** Whether a call was refused that was chosen by its number. */
    boolean hasRefused() {
        return left < 0;
    }

    private boolean isRefused(String call) {
        calls.add(call);
        boolean isNamed = call.equals(name);
        if (isNamed) {
            name = "";
        }
        return left-- == 0 || isNamed;
    }

    @Override
    public long map(long address, long bytes, int protection, int flags) {
        if (isRefused("map " + flags)) {
            return -error;
        }
        long result = system.map(address, bytes, protection, flags);
        if (result > 0 && (flags & LinuxConstants.MAP_FIXED) == 0) {
            mappedBytes.addAndGet(bytes);
        }
        return result;
    }

    @Override
    public long protect(long address, long bytes, int protection) {
        return isRefused("protect") ? -error : system.protect(address, bytes, protection);
    }

    @Override
    public long unmap(long address, long bytes) {
        if (isRefused("unmap")) {
            return -error;
        }
        mappedBytes.addAndGet(-bytes);
        return system.unmap(address, bytes);
    }

    @Override
    public long advise(long address, long bytes, int advice) {
        return isRefused("advise " + advice) ? -error : system.advise(address, bytes, advice);
    }

    @Override
    public long lock(long address, long bytes) {
        return isRefused("lock") ? -error : system.lock(address, bytes);
    }

    @Override
    public long unlock(long address, long bytes) {
        return isRefused("unlock") ? -error : system.unlock(address, bytes);
    }

    @Override
    public long bind(long address, long bytes, int mode, int node) {
        return isRefused("bind") ? -error : system.bind(address, bytes, mode, node);
    }

    @Override
    public long name(long address, long bytes, String name) {
        return isRefused("name") ? -error : system.name(address, bytes, name);
    }

    @Override
    public long pageBytes() {
        return system.pageBytes();
    }

    @Override
    public MemorySegment view(long address, long bytes, Arena arena, Runnable release) {
        if (isRefused("view")) {
            throw new OutOfMemoryError("the heap is full");
        }
        return system.view(address, bytes, arena, release);
    }
}
