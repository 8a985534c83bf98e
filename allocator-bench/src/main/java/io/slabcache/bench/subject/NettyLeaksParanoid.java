package io.slabcache.bench.subject;

import io.netty.util.ResourceLeakDetector.Level;
import io.slabcache.bench.workload.Subject;

/**
 * Netty's default allocator with leak detection for every buffer, with the stack of each access.
 *
 * <p>{@code java -jar allocator-bench.jar jmh 'NettyLeaksParanoid\.' -prof gc}
 */
@Subject(
        id = "netty-leaks-paranoid",
        group = Subject.Group.SAFETY,
        about = "Netty AdaptiveByteBufAllocator, thread caches on, leak detection paranoid",
        plainForm = "netty-adaptive")
public class NettyLeaksParanoid extends NettyAdaptive {

    @Override
    Level leakDetection() {
        return Level.PARANOID;
    }
}
