package io.slabcache.internal.jfr;

import io.slabcache.diagnostics.MisuseReport;
import io.slabcache.diagnostics.SlowStep;
import io.slabcache.internal.observe.Observer;
import io.slabcache.internal.observe.Span;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what caches do into events. A step, a refusal or a sample that no recording wants leaves no garbage. */
final class JfrObserver implements Observer {
    /**
     * The events of a step.
     *
     * @param example of them, which tells whether a recording wants them: a new one for each question would be garbage,
     *     even after the last recording
     * @param maker of those that are recorded
     */
    private record Steps(StepEvent example, Supplier<StepEvent> maker) {
        static Steps of(Supplier<StepEvent> maker) {
            return new Steps(maker.get(), maker);
        }
    }

    /** Waits for locks have no event: the JVM has one for monitors, and the statistics count ours. */
    private final Map<SlowStep, Steps> steps = new EnumMap<>(Map.of(
            SlowStep.REFILL, Steps.of(RefillEvent::new),
            SlowStep.FLUSH, Steps.of(FlushEvent::new),
            SlowStep.GROWTH, Steps.of(GrowthEvent::new),
            SlowStep.GROWTH_STALL, Steps.of(GrowthStallEvent::new),
            SlowStep.SHRINK, Steps.of(ShrinkEvent::new)));

    private final ExhaustedEvent anExhaustion = new ExhaustedEvent();
    private final ObjectSampledEvent aSample = new ObjectSampledEvent();

    @Override
    public @Nullable Span begin(SlowStep step, String cache, long id) {
        Steps wanted = steps.get(step);
        if (wanted == null || !wanted.example().isEnabled()) {
            return null;
        }
        StepEvent event = wanted.maker().get();
        event.of(cache, id);
        event.begin();
        return event;
    }

    @Override
    public boolean wantsExhaustions() {
        return anExhaustion.isEnabled();
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
        return aSample.isEnabled();
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
