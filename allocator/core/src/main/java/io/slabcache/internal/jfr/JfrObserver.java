package io.slabcache.internal.jfr;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.observe.Observer;
import io.slabcache.internal.observe.Span;
import org.jspecify.annotations.Nullable;

/** Turns what caches do into events. */
final class JfrObserver implements Observer {
    @Override
    public @Nullable Span begin(SlowStep step, String cache, long id) {
        StepEvent event = event(step);
        if (event == null || !event.isEnabled()) {
            return null;
        }
        event.of(cache, id);
        event.begin();
        return event;
    }

    /** Waits for locks have no event: the JVM has one for monitors, and the statistics count ours. */
    private static @Nullable StepEvent event(SlowStep step) {
        if (step == SlowStep.REFILL) {
            return new RefillEvent();
        }
        if (step == SlowStep.FLUSH) {
            return new FlushEvent();
        }
        if (step == SlowStep.GROWTH) {
            return new GrowthEvent();
        }
        if (step == SlowStep.GROWTH_STALL) {
            return new GrowthStallEvent();
        }
        return step == SlowStep.SHRINK ? new ShrinkEvent() : null;
    }

    @Override
    public boolean wantsExhaustions() {
        return new ExhaustedEvent().isEnabled();
    }

    @Override
    public void exhausted(String cache, long id, long exhaustions, long bound) {
        ExhaustedEvent event = new ExhaustedEvent();
        event.of(cache, id);
        event.exhaustions = exhaustions;
        event.maxObjects = bound;
        event.commit();
    }

    @Override
    public void reported(MisuseReport report) {
        if (report.kind() == MisuseReport.Kind.LEAK) {
            LeakFoundEvent event = new LeakFoundEvent();
            event.of(report.cache(), report.cacheId());
            event.address = report.object();
            event.report = report.text();
            event.commit();
        } else {
            MisuseEvent event = new MisuseEvent();
            event.of(report.cache(), report.cacheId());
            event.kind = report.kind().name();
            event.address = report.address();
            event.report = report.text();
            event.commit();
        }
    }

    @Override
    public boolean wantsSamples() {
        return new ObjectSampledEvent().isEnabled();
    }

    @Override
    public void sampled(String cache, long id, long sample, long address, long bytes) {
        ObjectSampledEvent event = new ObjectSampledEvent();
        event.of(cache, id);
        event.sample = sample;
        event.address = address;
        event.bytes = bytes;
        event.commit();
    }
}
