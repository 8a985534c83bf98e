package io.slabcache.bench.memory;

import java.util.Map;

/**
 * One subject; bytes of the process above those before the allocator was made. The ratios are to the bytes of live objects.
 *
 * @param subject the subject's id
 * @param liveBytes of all objects
 * @param peakBytes the most of all samples
 * @param fullRatio when all objects were live
 * @param steadyRatio at the end of the steady load
 * @param steadyGrowthBytes what the steady load came to have more than at its beginning
 * @param tenthBytes when nine of ten were freed
 * @param tenthRatio the same, to the bytes that are still live
 * @param emptyBytes when all were freed
 * @param shrunkBytes after the call to give back memory, if there is one
 * @param idleBytes after some idle time
 */
public record MemoryRow(
        String subject,
        long liveBytes,
        long peakBytes,
        double fullRatio,
        double steadyRatio,
        long steadyGrowthBytes,
        long tenthBytes,
        double tenthRatio,
        long emptyBytes,
        long shrunkBytes,
        long idleBytes) {

    static MemoryRow of(MemoryMeasurement measurement) {
        Map<Stage, Reading> stages = measurement.stages();
        return new MemoryRow(
                measurement.subject(),
                stages.get(Stage.FULL).liveBytes(),
                measurement.peakBytes(),
                ratio(stages.get(Stage.FULL)),
                ratio(stages.get(Stage.STEADY_END)),
                stages.get(Stage.STEADY_END).bytes()
                        - stages.get(Stage.STEADY_BEGIN).bytes(),
                stages.get(Stage.TENTH).bytes(),
                ratio(stages.get(Stage.TENTH)),
                stages.get(Stage.EMPTY).bytes(),
                stages.get(Stage.SHRUNK).bytes(),
                stages.get(Stage.IDLE).bytes());
    }

    private static double ratio(Reading reading) {
        return (double) reading.bytes() / reading.liveBytes();
    }
}
