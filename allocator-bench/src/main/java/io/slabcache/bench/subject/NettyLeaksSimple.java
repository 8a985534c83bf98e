package io.slabcache.bench.subject;

import io.netty.util.ResourceLeakDetector.Level;
import io.slabcache.bench.workload.Subject;

/**
 * Netty's default allocator with leak detection for one buffer in 128: Netty's default level.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'NettyLeaksSimple\.' -prof gc}
 */
@Subject(
        id = "netty-leaks-simple",
        group = Subject.Group.SAFETY,
        about = "Netty AdaptiveByteBufAllocator, thread caches on, leak detection simple",
        plainForm = "netty-adaptive")
public class NettyLeaksSimple extends NettyAdaptive {

    @Override
    Level leakDetection() {
        return Level.SIMPLE;
    }
}
