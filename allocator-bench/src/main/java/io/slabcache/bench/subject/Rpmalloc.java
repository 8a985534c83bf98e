package io.slabcache.bench.subject;

import io.slabcache.bench.workload.AddressContended;
import io.slabcache.bench.workload.Subject;
import org.lwjgl.system.rpmalloc.RPmalloc;

/**
 * rpmalloc with its default settings, through LWJGL's raw binding. Each thread must register with it.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'Rpmalloc\.' -prof gc}
 */
@Subject(
        id = "rpmalloc",
        group = Subject.Group.PEER,
        about = "rpmalloc through LWJGL, raw addresses",
        lacks = "each thread must register with it, which virtual threads cannot")
public class Rpmalloc extends AddressContended {

    @Override
    protected void open() {
        synchronized (Rpmalloc.class) { // measuring threads open concurrently, and this call is not thread-safe
            if (RPmalloc.nrpmalloc_initialize(0) != 0) {
                throw new IllegalStateException("rpmalloc could not be initialized");
            }
        }
        enterThread();
    }

    @Override
    protected void enterThread() {
        RPmalloc.rpmalloc_thread_initialize();
    }

    @Override
    protected long take() {
        return RPmalloc.nrpmalloc(objectSize);
    }

    @Override
    protected void give(long address) {
        RPmalloc.nrpfree(address);
    }
}
