package io.slabcache.internal.magazine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.internal.util.Threads;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thread that waits outside the library is recognized by its state and stack; a running or ended one is not, nor one
 * inside the library.
 */
@Timeout(30)
class WaitingThreadTest {
    private interface Body {
        void run() throws Exception;
    }

    /** Returns whether a thread that does this counts as waiting, when the frames of tests count as user code. */
    private static boolean isFoundWaiting(Body body) throws Exception {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Exception e) {
                // The interrupt ends the test.
            }
        });
        thread.setDaemon(true);
        thread.start();
        boolean found = false;
        for (int i = 0; i < 200 && !found; i++) {
            Thread.sleep(5);
            found = WaitingThread.waitsOutside(thread, className -> false);
            assertFalse(WaitingThread.waitsOutside(thread), "a frame of the internals is on its stack");
        }
        thread.interrupt();
        return found;
    }

    @Test
    void parkedWaitingSleepingAndReadingThreadsAreFoundWaiting() throws Exception {
        assertTrue(isFoundWaiting(LockSupport::park));
        assertTrue(isFoundWaiting(() -> new CountDownLatch(1).await()));
        assertTrue(isFoundWaiting(() -> Thread.sleep(20_000)));
        assertTrue(isFoundWaiting(() -> {
            synchronized (this) {
                wait();
            }
        }));
        assertTrue(isFoundWaiting(() -> Selector.open().select()));
        Pipe pipe = Pipe.open();
        assertTrue(isFoundWaiting(() -> pipe.source().read(java.nio.ByteBuffer.allocate(1))));
    }

    @Test
    void aSpinningThreadIsNotFoundWaiting() throws Exception {
        assertFalse(isFoundWaiting(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        }));
    }

    @Test
    void anEndedThreadIsNotFoundWaiting() throws Exception {
        assertFalse(WaitingThread.waitsOutside(Threads.onAnother(Thread::currentThread)));
    }

    private static StackTraceElement[] stack(String... methods) {
        StackTraceElement[] stack = new StackTraceElement[methods.length + 1];
        // Line -2: a native method.
        stack[0] = new StackTraceElement("jdk.internal.misc.Unsafe", "park", "Unsafe.java", -2);
        for (int i = 0; i < methods.length; i++) {
            int point = methods[i].lastIndexOf('.');
            stack[i + 1] =
                    new StackTraceElement(methods[i].substring(0, point), methods[i].substring(point + 1), "", 1);
        }
        return stack;
    }

    /** A limit of the JVM cuts traces, and a method of a cache may be in the part that is missing. */
    @Test
    void aThreadWhoseTraceIsCutIsNotFoundWaiting() {
        Thread plain = Fixtures.deadThread();
        Thread special = new Special();
        String park = "java.util.concurrent.locks.LockSupport.park";
        String begin = Special.class.getName() + ".run";
        assertTrue(WaitingThread.waits(
                plain, stack(park, "org.example.Work.run", "java.lang.Thread.run"), WaitingThread::isOurs));
        assertTrue(WaitingThread.waits(special, stack(park, begin), name -> false));
        assertTrue(WaitingThread.waits(special, stack(park, "java.lang.Thread.run", begin), name -> false));
        assertFalse(WaitingThread.waits(plain, stack(), WaitingThread::isOurs));
        assertFalse(WaitingThread.waits(plain, stack(park), WaitingThread::isOurs));
        assertFalse(WaitingThread.waits(plain, stack(park, "org.example.Work.run"), WaitingThread::isOurs));
        assertFalse(WaitingThread.waits(plain, stack(park, begin), name -> false), "of another class");
        assertFalse(
                WaitingThread.waits(plain, stack(park, "org.example.Main.main"), WaitingThread::isOurs),
                "not the first");
    }

    private static final class Special extends Thread {
        @Override
        public void run() {}
    }

    @ParameterizedTest
    @CsvSource({
        "io.slabcache.SlabCache,true",
        "io.slabcache.LocalCache$Sub,true",
        "io.slabcache.internal.slab.SlabSupply,true",
        "io.slabcache.memory.MemorySource,false",
        "io.slabcache.bench.cli.Cli,false",
        "io.slabcachelike.A,false",
        "org.example.Main,false"
    })
    void theFrontDoorAndTheInternalsUseTheFieldsOfACache(String className, boolean isOurs) {
        assertEquals(isOurs, WaitingThread.isOurs(className));
    }
}
