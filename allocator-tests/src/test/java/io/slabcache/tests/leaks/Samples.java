package io.slabcache.tests.leaks;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.junit.NoLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tests as users write them, clean and known-bad ones. {@link NoLeaksTest} runs them; they do not run by themselves. */
final class Samples {
    /** Every cache built here, so that those left open can be closed at the end. */
    static final List<SlabCache> BUILT = new ArrayList<>();

    private Samples() {}

    static SlabCache build(String name) {
        SlabCache cache = SlabCache.builder(name, 24).build();
        BUILT.add(cache);
        return cache;
    }

    static long forget(SlabCache cache) {
        return cache.allocateAddress();
    }

    @NoLeaks
    static class Clean {
        private static final SlabCache OLDER = build("older");
        private static SlabCache shared;
        private SlabCache own;
        private long object;

        @BeforeAll
        static void buildShared() {
            shared = build("shared");
        }

        @BeforeEach
        void buildOwn() {
            own = build("own");
            object = own.allocateAddress();
        }

        @RepeatedTest(2)
        void uses() {
            shared.free(shared.allocate());
            OLDER.free(OLDER.allocate());
        }

        @Test
        void usesFromAnotherThread() throws InterruptedException {
            Thread.ofVirtual()
                    .start(() -> shared.freeAddress(shared.allocateAddress()))
                    .join();
        }

        @AfterEach
        void closeOwn() {
            own.freeAddress(object);
            own.close();
        }

        @AfterAll
        static void closeShared() {
            shared.close();
        }
    }

    @NoLeaks
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Forgetful {
        private static final SlabCache OLDER = build("older");
        private static SlabCache shared;
        private static long freedLater;

        @BeforeAll
        static void buildShared() {
            shared = build("shared");
        }

        @Test
        @Order(1)
        void forgetsObjects() {
            for (int i = 0; i < 2; i++) {
                forget(shared);
            }
            freedLater = shared.allocateAddress();
        }

        @Test
        @Order(2)
        void isNotToBlame() {
            shared.freeAddress(freedLater);
        }

        @Test
        @Order(3)
        void forgetsAnObjectOfAnOlderCache() {
            forget(OLDER);
        }

        @Test
        @Order(4)
        void forgetsToClose() {
            build("left").allocateAddress();
        }

        @Test
        @Order(5)
        void forgetsToCloseAnEmptyOne() {
            SlabCache.builder("collected", 24).build();
        }
    }

    static class OneOfTwo {
        private static final SlabCache OLDER =
                SlabCache.builder("older", 24).debug(Debug.TRACKING).build();

        static {
            BUILT.add(OLDER);
        }

        @Test
        @NoLeaks
        void isLookedAt() {
            forget(OLDER);
        }

        @Test
        void isNotLookedAt() {
            forget(OLDER);
        }
    }

    @NoLeaks
    static class ForgetfulAsAWhole {
        @BeforeAll
        static void buildAndForget() {
            build("whole").allocateAddress();
        }

        @Test
        void isNotToBlame() {
            BUILT.getLast().freeAddress(BUILT.getLast().allocateAddress());
        }

        @Nested
        class Inside {
            @Test
            void forgetsToo() {
                forget(BUILT.getLast());
            }
        }
    }

    @NoLeaks
    static class Failing {
        @Test
        void failsAndForgets() {
            build("failing");
            throw new IllegalStateException("the test's own failure");
        }
    }
}
