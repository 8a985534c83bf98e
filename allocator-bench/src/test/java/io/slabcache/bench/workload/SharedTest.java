package io.slabcache.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * State of a fork is opened by the first thread and closed by the last. The test of waiting must catch a second thread
 * that opens too.
 */
@Timeout(30)
class SharedTest {

    private final List<Object> closed = new ArrayList<>();

    @Test
    void theFirstOpensAndTheLastCloses() {
        Shared<Object> shared = new Shared<>(closed::add);
        Object value = shared.open(Object::new);
        assertSame(value, shared.open(Object::new));
        shared.close();
        assertEquals(List.of(), closed);
        shared.close();
        assertEquals(List.of(value), closed);
    }

    @Test
    void isOpenedAgainAfterAClose() {
        Shared<Object> shared = new Shared<>(closed::add);
        Object first = shared.open(Object::new);
        shared.close();
        assertNotSame(first, shared.open(Object::new));
    }

    @Test
    void anOpenerThatFailsDoesNotCount() {
        Shared<Object> shared = new Shared<>(closed::add);
        assertThrows(
                IllegalStateException.class,
                () -> shared.open(() -> {
                    throw new IllegalStateException();
                }));
        Object value = shared.open(Object::new);
        shared.close();
        assertEquals(List.of(value), closed);
    }

    @Test
    void theSecondWaitsWhileTheFirstOpens() throws InterruptedException {
        Shared<Object> shared = new Shared<>();
        assertTrue(secondWaits(shared::open));
    }

    /** Known bad: the second thread does not wait, and opens too. */
    @Test
    void aSecondThreadThatDoesNotWaitIsDetected() throws InterruptedException {
        assertFalse(secondWaits(Supplier::get));
    }

    /** Returns whether a second thread waits while the first is in the middle of opening. */
    private static boolean secondWaits(Function<Supplier<Object>, Object> open) throws InterruptedException {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread first = Thread.ofPlatform()
                .start(() -> open.apply(() -> {
                    opening.countDown();
                    awaitQuietly(goOn);
                    return new Object();
                }));
        opening.await();
        Thread second = Thread.ofPlatform().start(() -> open.apply(Object::new));
        // Checked for a while, because loading a class can also block a thread for a moment.
        int blocked = 0;
        while (blocked < 100 && second.isAlive()) {
            blocked = second.getState() == Thread.State.BLOCKED ? blocked + 1 : 0;
            Thread.sleep(1);
        }
        boolean waited = second.isAlive();
        goOn.countDown();
        first.join();
        second.join();
        return waited;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
