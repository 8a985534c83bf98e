package io.slabcache.tests.model;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.diagnostics.CacheValidation;
import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlabCacheStats;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The real cache, through one of its entry points. */
class CachePool implements Pool {
    private final Watched watched;
    private final SlabCache cache;
    private final ObjectAllocator allocator;

    CachePool(Watched watched, ObjectAllocator allocator) {
        this.watched = watched;
        this.cache = watched.cache();
        this.allocator = allocator;
    }

    @Override
    public long tryAllocate(Form form) {
        return form == Form.SEGMENT ? address(allocator.tryAllocate()) : allocator.tryAllocateAddress();
    }

    @Override
    public long allocate(Form form) {
        return form == Form.SEGMENT ? address(allocator.allocate()) : allocator.allocateAddress();
    }

    @Override
    public long tryAllocateCached(Form form) {
        return form == Form.SEGMENT ? address(allocator.tryAllocateCached()) : allocator.tryAllocateAddressCached();
    }

    @Override
    public long allocateZeroed() {
        return address(allocator.allocateZeroed());
    }

    private static long address(MemorySegment object) {
        return object == null ? 0 : object.address();
    }

    @Override
    public void free(Form form, long address) {
        if (form == Form.SEGMENT) {
            allocator.free(segment(address));
        } else {
            allocator.freeAddress(address);
        }
    }

    @Override
    public void free(MemorySegment object) {
        allocator.free(object);
    }

    @Override
    public boolean allocateBulk(Form form, long[] addresses, int offset, int count) {
        if (form == Form.ADDRESS) {
            return allocator.allocateBulk(addresses, offset, count);
        }
        MemorySegment[] objects = new MemorySegment[addresses.length];
        boolean allocated = allocator.allocateBulk(objects, offset, count);
        for (int i = 0; i < objects.length; i++) {
            addresses[i] = objects[i] == null ? addresses[i] : objects[i].address();
        }
        return allocated;
    }

    @Override
    public void freeBulk(Form form, long[] addresses, int offset, int count) {
        if (form == Form.ADDRESS) {
            allocator.freeBulk(addresses, offset, count);
        } else {
            MemorySegment[] objects = Arrays.stream(addresses)
                    .mapToObj(address -> address == 0 ? null : cache.segment(address))
                    .toArray(MemorySegment[]::new);
            allocator.freeBulk(objects, offset, count);
        }
    }

    @Override
    public MemorySegment segment(long address) {
        return cache.segment(address);
    }

    @Override
    public boolean owns(long address) {
        return cache.owns(address);
    }

    @Override
    public void flush() {
        allocator.flush();
    }

    @Override
    public int prefill(int objects) {
        return allocator.prefill(objects);
    }

    @Override
    public long shrink() {
        return cache.shrink();
    }

    @Override
    public void spoil(long address) {
        watched.memory().spoil(address);
    }

    @Override
    public boolean isFilled(long object, long from, int bytes, byte with) {
        byte[] expected = new byte[bytes];
        Arrays.fill(expected, with);
        return Arrays.equals(expected, watched.memory().readBeside(object, from, bytes));
    }

    @Override
    public List<MisuseReport> takeReports() {
        List<MisuseReport> taken = new ArrayList<>();
        for (MisuseReport report; (report = watched.reports().poll()) != null; ) {
            taken.add(report);
        }
        return taken;
    }

    @Override
    public SlabCacheStats stats() {
        return cache.stats();
    }

    @Override
    public CacheValidation validate() {
        return cache.validate();
    }

    @Override
    public void close() {
        cache.close();
    }
}
