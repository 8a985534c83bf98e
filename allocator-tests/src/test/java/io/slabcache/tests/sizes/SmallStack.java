package io.slabcache.tests.sizes;

/** A thread with a small stack, which a sweep fills soon. */
final class SmallStack {
    private static final int BYTES = 256 << 10;

    private SmallStack() {}

    /** Runs work to its end; returns nothing, or what it threw as the end of a line. */
    static String run(Runnable work) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (Throwable e) {
                thrown[0] = e;
            }
        };
        Thread thread = new Thread(null, guarded, "small", BYTES);
        thread.start();
        thread.join();
        return thrown[0] == null ? "" : ", " + thrown[0];
    }
}
