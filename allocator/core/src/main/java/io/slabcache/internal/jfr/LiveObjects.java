package io.slabcache.internal.jfr;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.leaks.LiveSample;
import io.slabcache.internal.registry.CacheRegistry;
import io.slabcache.internal.registry.OpenCache;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Emits the sampled objects of all open caches that are still live. Run at the end of each chunk. */
final class LiveObjects implements Runnable {
    @Override
    public void run() {
        Instant now = Instant.now();
        for (OpenCache cache : CacheRegistry.open()) {
            for (LiveSample sample : cache.liveSamples()) {
                LiveObjectEvent event = new LiveObjectEvent();
                ObjectTrack by = sample.by();
                event.of(cache.name(), cache.id());
                event.sample = sample.number();
                event.address = sample.address();
                event.bytes = sample.bytes();
                event.age = Math.max(0, Duration.between(by.time(), now).toMillis());
                event.allocatedBy = by.thread();
                event.allocatedAt =
                        by.stack().stream().map(StackTraceElement::toString).collect(Collectors.joining("\n"));
                event.commit();
            }
        }
    }
}
