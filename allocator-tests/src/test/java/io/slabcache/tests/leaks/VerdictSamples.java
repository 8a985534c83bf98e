package io.slabcache.tests.leaks;

import static org.junit.jupiter.api.Assumptions.abort;

import io.slabcache.SlabCache;
import io.slabcache.junit.LeakExtension;
import io.slabcache.junit.NoLeaks;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests as users write them, one class for each way in which JUnit runs a test. Only {@link NoLeaksVerdictTest} runs
 * them.
 */
final class VerdictSamples {
    /** How long each of two tests waits for the other one, which may not be allowed to run. */
    private static final long PATIENCE_MILLIS = 3_000;

    private VerdictSamples() {}

    /** Builds its cache at the first use, like a holder of a pool. */
    static final class Lazy {
        static final SlabCache POOL = SlabCache.builder("lazy-pool", 24).build();

        private Lazy() {}
    }

    /** As above; each class is initialized once in a JVM. */
    static final class LazyToo {
        static final SlabCache POOL = SlabCache.builder("lazy-pool-too", 24).build();

        private LazyToo() {}
    }

    @NoLeaks(mayStayOpen = {"other", "lazy-*l"})
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class UsesALazyCache {
        @Test
        @Order(1)
        void isTheFirst() {
            Lazy.POOL.free(Lazy.POOL.allocate());
        }

        @Test
        @Order(2)
        void forgetsAnObject() {
            Samples.forget(Lazy.POOL);
        }

        @Test
        @Order(3)
        void forgetsToClose() {
            Samples.build("lazy");
        }
    }

    @NoLeaks
    static class UsesALazyCacheInOneTest {
        @Test
        @NoLeaks(mayStayOpen = "lazy-pool-too")
        void isTheFirst() {
            LazyToo.POOL.free(LazyToo.POOL.allocate());
        }

        @Nested
        class Inside {
            @Test
            void usesItToo() {
                LazyToo.POOL.free(LazyToo.POOL.allocate());
            }
        }
    }

    static final class AbortsEach implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            abort("not here");
        }
    }

    static final class AbortsAll implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            abort("not here");
        }
    }

    static final class FailsEach implements BeforeEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            throw new IllegalStateException("the extension's own failure");
        }
    }

    @ExtendWith(AbortsEach.class)
    @NoLeaks
    static class AbortedByAnExtension {
        @Test
        void isAborted() {}
    }

    @ExtendWith(AbortsAll.class)
    @NoLeaks
    static class AbortedByAnExtensionAsAWhole {
        @Test
        void isNotRun() {}
    }

    @ExtendWith(FailsEach.class)
    @NoLeaks
    static class FailedByAnExtension {
        @Test
        void fails() {}
    }

    @NoLeaks
    static class AbortedBeforeEach {
        @BeforeEach
        void buildAndAbort() {
            Samples.build("aborted").allocateAddress();
            abort("not here");
        }

        @Test
        void isAborted() {}
    }

    @NoLeaks
    static class AbortedBeforeAll {
        @BeforeAll
        static void buildAndAbort() {
            Samples.build("aborted").allocateAddress();
            abort("not here");
        }

        @Test
        void isNotRun() {}
    }

    @NoLeaks
    static class AbortedItself {
        @Test
        void isAborted() {
            Samples.forget(Samples.build("aborted"));
            abort("not here");
        }
    }

    @NoLeaks
    static class Repeated {
        private static final SlabCache POOL = SlabCache.builder("pool", 24).build();

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 0})
        void forgetsWithOne(int objects) {
            POOL.allocateBulk(new long[objects], 0, objects);
        }

        @RepeatedTest(3)
        void forgetsInTheSecond(RepetitionInfo repetition) {
            if (repetition.getCurrentRepetition() == 2) {
                Samples.forget(POOL);
            }
        }
    }

    @NoLeaks
    static class Dynamic {
        private static final SlabCache POOL = SlabCache.builder("pool", 24).build();

        @TestFactory
        Stream<DynamicTest> clean() {
            return Stream.of("a", "b")
                    .map(name -> DynamicTest.dynamicTest(name, () -> POOL.freeAddress(POOL.allocateAddress())));
        }

        @TestFactory
        List<DynamicTest> oneForgets() {
            return List.of(
                    DynamicTest.dynamicTest("a", () -> {}), DynamicTest.dynamicTest("b", () -> Samples.forget(POOL)));
        }
    }

    static class OnTheMethod {
        private static final SlabCache POOL = SlabCache.builder("pool", 24).build();

        @Test
        @NoLeaks
        void isClean() {
            POOL.freeAddress(POOL.allocateAddress());
        }

        @Test
        @NoLeaks
        void forgets() {
            Samples.forget(POOL);
        }

        @Test
        void isNotLookedAt() {
            Samples.forget(POOL);
        }
    }

    /** Two classes meet: one looks for leaks while the other holds an object, if the two can overlap. */
    static final class Meeting {
        private final SlabCache pool = Samples.build("meeting");
        private final CountDownLatch looking = new CountDownLatch(1);
        private final CountDownLatch holding = new CountDownLatch(1);
        private final CountDownLatch looked = new CountDownLatch(1);

        void look() throws InterruptedException {
            looking.countDown();
            holding.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        void hold() throws InterruptedException {
            if (looking.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                long object = pool.allocateAddress();
                holding.countDown();
                looked.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                pool.freeAddress(object);
            }
        }
    }

    static Meeting meeting;

    /** Registered first, so it runs after the search for leaks. */
    static final class TellsTheEnd implements AfterEachCallback {
        @Override
        public void afterEach(ExtensionContext context) {
            meeting.looked.countDown();
        }
    }

    @ExtendWith(TellsTheEnd.class)
    @NoLeaks
    static class Alone {
        @Test
        void looks() throws InterruptedException {
            meeting.look();
        }
    }

    @ExtendWith(TellsTheEnd.class)
    static class AloneOnTheMethod {
        @Test
        @NoLeaks
        void looks() throws InterruptedException {
            meeting.look();
        }

        @Test
        void holds() throws InterruptedException {
            meeting.hold();
        }
    }

    /** Known bad: without the annotation, other tests may run at the same time. */
    @ExtendWith({TellsTheEnd.class, LeakExtension.class})
    static class NotAlone {
        @Test
        void looks() throws InterruptedException {
            meeting.look();
        }
    }

    static class Holds {
        @Test
        void holds() throws InterruptedException {
            meeting.hold();
        }
    }
}
