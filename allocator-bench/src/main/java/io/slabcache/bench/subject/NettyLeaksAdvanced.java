package io.slabcache.bench.subject;

import io.netty.util.ResourceLeakDetector.Level;
import io.slabcache.bench.workload.Subject;

/**
 * Netty's default allocator with leak detection for one buffer in 128, with the stack of each access.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'NettyLeaksAdvanced\.' -prof gc}
 */
@Subject(
        id = "netty-leaks-advanced",
        group = Subject.Group.SAFETY,
        about = "Netty AdaptiveByteBufAllocator, thread caches on, leak detection advanced",
        plainForm = "netty-adaptive")
public class NettyLeaksAdvanced extends NettyAdaptive {

    @Override
    Level leakDetection() {
        return Level.ADVANCED;
    }
}
