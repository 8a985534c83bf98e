package io.slabcache.bench.watch;

import java.io.IOException;

/** A program without Slabcache. It ends with its input. */
public final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until the test has ended.
        }
    }
}
