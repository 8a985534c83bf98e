package io.slabcache.internal.jfr;

import io.slabcache.internal.observe.Observers;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;

/** Waits for the first recording. Until then no event is registered, and no cache is observed. */
final class RecorderListener implements FlightRecorderListener {
    /** Waits from now on; does not start the recorder. */
    static void add() {
        FlightRecorder.addListener(new RecorderListener());
    }

    @Override
    public void recorderInitialized(FlightRecorder recorder) {
        List<Class<? extends Event>> events = List.of(
                RefillEvent.class,
                FlushEvent.class,
                GrowthEvent.class,
                GrowthStallEvent.class,
                ShrinkEvent.class,
                ExhaustedEvent.class,
                MisuseEvent.class,
                LeakFoundEvent.class,
                ObjectSampledEvent.class,
                SamplingEvent.class,
                LiveObjectEvent.class,
                SlowStepLatencyEvent.class,
                CachedObjectsEvent.class,
                AllocationSiteEvent.class,
                CacheStatisticsEvent.class);
        events.forEach(FlightRecorder::register);
        FlightRecorder.addPeriodicEvent(CacheStatisticsEvent.class, new CacheStatistics());
        FlightRecorder.addPeriodicEvent(SamplingEvent.class, new Invitations());
        FlightRecorder.addPeriodicEvent(LiveObjectEvent.class, new LiveObjects());
        FlightRecorder.addPeriodicEvent(SlowStepLatencyEvent.class, CacheDetails::emitLatencies);
        FlightRecorder.addPeriodicEvent(CachedObjectsEvent.class, CacheDetails::emitHolders);
        FlightRecorder.addPeriodicEvent(AllocationSiteEvent.class, CacheDetails::emitSites);
        Observers.set(new JfrObserver());
    }
}
