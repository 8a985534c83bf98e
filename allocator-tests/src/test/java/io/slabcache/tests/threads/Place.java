package io.slabcache.tests.threads;

import io.slabcache.SlabCache;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** The places in which a program may free an object, other than the thread that allocated it. */
enum Place {
    CLEANER {
        @Override
        void freeAll(long[] objects, LongConsumer free) throws InterruptedException {
            Cleaner cleaner = Cleaner.create();
            CountDownLatch left = new CountDownLatch(objects.length);
            for (long object : objects) {
                cleaner.register(new Object(), () -> freeAndCount(object, free, left));
            }
            awaitCollected(left);
        }
    },

    /** Each thread keeps an object for itself, which is freed after the thread has ended. */
    THREAD_LOCAL {
        @Override
        void freeAll(long[] objects, LongConsumer free) throws InterruptedException {
            Cleaner cleaner = Cleaner.create();
            ThreadLocal<Object> own = new ThreadLocal<>();
            CountDownLatch left = new CountDownLatch(objects.length);
            for (long[] some : split(objects, 100)) {
                Thread owner = Thread.ofPlatform().start(() -> {
                    Object key = new Object();
                    own.set(key);
                    for (long object : some) {
                        cleaner.register(key, () -> freeAndCount(object, free, left));
                    }
                });
                owner.join();
            }
            awaitCollected(left);
        }
    },

    COMMON_POOL {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            freeInStages(objects, free, ForkJoinPool.commonPool());
        }
    },

    OWN_EXECUTOR {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
                freeInStages(objects, free, executor);
            }
        }
    },

    VIRTUAL_EXECUTOR {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                freeInStages(objects, free, executor);
            }
        }
    },

    FORK_JOIN_POOL {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            try (ForkJoinPool pool = new ForkJoinPool(3)) {
                pool.invoke(new Halves(objects, free));
            }
        }
    },

    PARALLEL_STREAM {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            // In the common pool also if the calling thread belongs to another one.
            ForkJoinPool.commonPool()
                    .submit(() -> LongStream.of(objects).parallel().forEach(free))
                    .join();
        }
    },

    TIMER {
        @Override
        void freeAll(long[] objects, LongConsumer free) throws InterruptedException {
            CountDownLatch left = new CountDownLatch(objects.length);
            Timer timer = new Timer();
            for (long object : objects) {
                timer.schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                freeAndCount(object, free, left);
                            }
                        },
                        object % 3);
            }
            left.await();
            timer.cancel();
        }
    },

    SCHEDULED_EXECUTOR {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            // Closing it waits for the scheduled tasks.
            try (ScheduledExecutorService executor = Executors.newScheduledThreadPool(2)) {
                for (long object : objects) {
                    executor.schedule(() -> free.accept(object), object % 3, TimeUnit.MILLISECONDS);
                }
            }
        }
    },

    UNCAUGHT_EXCEPTION_HANDLER {
        @Override
        void freeAll(long[] objects, LongConsumer free) throws InterruptedException {
            for (long[] some : split(objects, 100)) {
                Thread dying = Thread.ofPlatform()
                        .uncaughtExceptionHandler(
                                (thread, e) -> LongStream.of(some).forEach(free))
                        .start(() -> {
                            throw new IllegalArgumentException("thrown to be handled");
                        });
                dying.join();
            }
        }
    },

    CONSTRUCTOR_OF_ANOTHER_CACHE {
        @Override
        void freeAll(long[] objects, LongConsumer free) {
            int[] next = new int[1];
            try (SlabCache other = SlabCache.builder("other", 64)
                    .slabBytes(64L * objects.length)
                    .constructor(object -> free.accept(objects[next[0]++]))
                    .build()) {
                other.free(other.allocate());
            }
        }
    };

    /** Frees each object once and returns when that is done. */
    abstract void freeAll(long[] objects, LongConsumer free) throws InterruptedException;

    private static final class Halves extends RecursiveAction {
        private static final long serialVersionUID = 1;

        private final transient long[] objects;
        private final transient LongConsumer free;

        Halves(long[] objects, LongConsumer free) {
            this.objects = objects;
            this.free = free;
        }

        @Override
        protected void compute() {
            if (objects.length == 1) {
                free.accept(objects[0]);
                return;
            }
            int middle = objects.length / 2;
            invokeAll(
                    new Halves(Arrays.copyOfRange(objects, 0, middle), free),
                    new Halves(Arrays.copyOfRange(objects, middle, objects.length), free));
        }
    }

    private static void freeInStages(long[] objects, LongConsumer free, Executor executor) {
        CompletableFuture.allOf(LongStream.of(objects)
                        .mapToObj(object -> CompletableFuture.supplyAsync(() -> object, executor)
                                .thenAcceptAsync(free::accept, executor))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private static long[][] split(long[] objects, int parts) {
        long[][] split = new long[parts][];
        for (int i = 0; i < parts; i++) {
            split[i] = Arrays.copyOfRange(objects, objects.length * i / parts, objects.length * (i + 1) / parts);
        }
        return split;
    }

    private static void freeAndCount(long object, LongConsumer free, CountDownLatch left) {
        try {
            free.accept(object);
        } finally {
            left.countDown();
        }
    }

    private static void awaitCollected(CountDownLatch left) throws InterruptedException {
        do {
            System.gc();
        } while (!left.await(100, TimeUnit.MILLISECONDS));
    }
}
