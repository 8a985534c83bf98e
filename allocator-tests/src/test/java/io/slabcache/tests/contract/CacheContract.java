package io.slabcache.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.ObjectAllocator;
import io.slabcache.SlabCache;
import io.slabcache.tests.support.Healthy;
import io.slabcache.tests.support.LogCapture;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.Parameter;

/**
 * Common parts of the contract suite: a new cache for each test and configuration, and a health check after the test. A
 * test frees what it allocates.
 */
@ExtendWith(CacheContract.OnConfiguredThread.class)
abstract class CacheContract {
    @Parameter
    Configuration configuration;

    SlabCache cache;

    LogCapture log;

    private ObjectAllocator allocator;

    @BeforeEach
    void open() {
        log = new LogCapture();
        cache = configuration.builder().build();
    }

    @AfterEach
    void checkHealthAndClose() {
        Healthy.checkNothingLive(cache);
        cache.close();
    }

    @AfterEach
    void checkThatLegalUseLogsNothing() {
        log.close();
        if (configuration.lockless() || configuration.isDebugged()) {
            assertEquals(List.of(), log.records());
        }
    }

    /** The entry point under test; made lazily, because a local cache belongs to the thread that asked for it. */
    ObjectAllocator allocator() {
        if (allocator == null) {
            allocator = configuration.access().to(cache);
        }
        return allocator;
    }

    List<MemorySegment> allocateMany() {
        return Stream.generate(allocator()::allocate)
                .limit(configuration.many())
                .toList();
    }

    void freeAll(List<MemorySegment> objects) {
        objects.forEach(allocator()::free);
    }

    /** Moves the test method to a virtual thread; what runs before and after it stays on JUnit's thread. */
    static final class OnConfiguredThread implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            CacheContract test = (CacheContract) context.getRequiredTestInstance();
            test.configuration.access().run(invocation::proceed);
        }
    }
}
