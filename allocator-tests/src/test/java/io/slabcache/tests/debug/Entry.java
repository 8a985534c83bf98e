package io.slabcache.tests.debug;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.OtherThread;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * One way to call a cache.
 *
 * @param form of the calls
 * @param local whether they go through a local cache
 * @param virtual whether they come from a virtual thread
 */
public record Entry(Form form, boolean local, boolean virtual) {
    /** One form of allocation and free. */
    public enum Form {
        ADDRESS {
            @Override
            long allocate(ObjectAllocator allocator) {
                return allocator.allocateAddress();
            }

            @Override
            void free(SlabCache cache, ObjectAllocator allocator, long address) {
                allocator.freeAddress(address);
            }
        },
        CACHED_ADDRESS {
            @Override
            long allocate(ObjectAllocator allocator) {
                return allocator.tryAllocateAddressCached();
            }

            @Override
            void free(SlabCache cache, ObjectAllocator allocator, long address) {
                allocator.freeAddress(address);
            }
        },
        SEGMENT {
            @Override
            long allocate(ObjectAllocator allocator) {
                return allocator.allocate().address();
            }

            @Override
            void free(SlabCache cache, ObjectAllocator allocator, long address) {
                allocator.free(cache.segment(address));
            }
        },
        ADDRESS_BULK {
            @Override
            long allocate(ObjectAllocator allocator) {
                long[] addresses = new long[1];
                return allocator.allocateBulk(addresses, 0, 1) ? addresses[0] : 0;
            }

            @Override
            void free(SlabCache cache, ObjectAllocator allocator, long address) {
                allocator.freeBulk(new long[] {address}, 0, 1);
            }
        },
        SEGMENT_BULK {
            @Override
            long allocate(ObjectAllocator allocator) {
                MemorySegment[] objects = new MemorySegment[1];
                return allocator.allocateBulk(objects, 0, 1) ? objects[0].address() : 0;
            }

            @Override
            void free(SlabCache cache, ObjectAllocator allocator, long address) {
                allocator.freeBulk(new MemorySegment[] {cache.segment(address)}, 0, 1);
            }
        };

        abstract long allocate(ObjectAllocator allocator);

        abstract void free(SlabCache cache, ObjectAllocator allocator, long address);
    }

    /** Returns all ways. */
    public static Stream<Entry> all() {
        return Arrays.stream(Form.values())
                .flatMap(form -> Stream.of(new Entry(form, false, false), new Entry(form, true, false)))
                .flatMap(entry -> Stream.of(entry, new Entry(entry.form, entry.local, true)));
    }

    /** Allocates and returns the address. */
    public long allocate(SlabCache cache) {
        long[] address = new long[1];
        run(() -> address[0] = form.allocate(allocator(cache)));
        return address[0];
    }

    /** Frees by address or segment. */
    public void free(SlabCache cache, long address) {
        run(() -> form.free(cache, allocator(cache), address));
    }

    private ObjectAllocator allocator(SlabCache cache) {
        return local ? cache.local() : cache;
    }

    private void run(Executable call) {
        if (virtual) {
            OtherThread.runVirtual(call);
        } else {
            try {
                call.execute();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }
}
