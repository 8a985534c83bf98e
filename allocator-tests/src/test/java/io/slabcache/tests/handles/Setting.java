package io.slabcache.tests.handles;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.SlabCacheBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.tests.support.OtherThread;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/**
 * One way to build a cache and to call it.
 *
 * @param lockless whether there are magazines
 * @param checks what is checked
 * @param local whether a local cache is used
 * @param virtual whether the calls come from a virtual thread
 */
record Setting(boolean lockless, Checks checks, boolean local, boolean virtual) {
    static final long SIZE = 48;

    static Stream<Setting> all() {
        return Stream.of(true, false)
                .flatMap(lockless -> Stream.of(Checks.values())
                        .flatMap(checks -> Stream.of(true, false)
                                .flatMap(local -> Stream.of(true, false)
                                        .map(virtual -> new Setting(lockless, checks, local, virtual)))));
    }

    static Stream<Setting> checked() {
        return all().filter(setting -> setting.checks == Checks.STANDARD);
    }

    SlabCacheBuilder builder() {
        return SlabCache.builder("handled", SIZE)
                .lockless(lockless)
                .checks(checks)
                .magazineCapacity(16);
    }

    /** Returns the entry point; call it on the thread that will use the result. */
    ObjectAllocator allocator(SlabCache cache) {
        return local ? cache.local() : cache;
    }

    void run(Executable test) throws Throwable {
        if (virtual) {
            OtherThread.runVirtual(test);
        } else {
            test.execute();
        }
    }
}
