package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressRequests;
import io.slabcache.bench.workload.Subject;

/**
 * The C library's malloc and free, called through the foreign function interface in its cheapest form: critical, so
 * without a thread state transition, and with addresses as {@code long}.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Malloc\.' -prof gc}
 */
@Subject(id = "malloc", group = Subject.Group.PEER, about = "malloc/free of the C library, critical FFM calls")
public class Malloc extends AddressRequests {

    @Override
    protected void open() {}

    @Override
    protected long take() {
        return CriticalMalloc.malloc(objectSize);
    }

    @Override
    protected void give(long address) {
        CriticalMalloc.free(address);
    }
}
