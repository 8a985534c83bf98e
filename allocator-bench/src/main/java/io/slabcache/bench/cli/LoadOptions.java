package io.slabcache.bench.cli;

import com.sun.management.OperatingSystemMXBean;
import io.slabcache.bench.slots.SlotPlan;
import io.slabcache.bench.slots.SlotSubject;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that {@code latency} and {@code memory} share. */
final class LoadOptions {

    private static final int SMALLEST_OBJECT = 8;
    private static final int LARGEST_OBJECT = 1 << 20;
    private static final int MIB_SHIFT = 20;
    private static final int MULTIPLE = 4;

    /** As slots, {@code int}s, and their places on the heap. */
    private static final long MOST_OBJECTS = 1L << 26;

    @Option(
            names = {"-s", "--subject"},
            split = ",",
            paramLabel = "ID",
            description = "Run only these subjects; see below.")
    private List<String> subjectNames = new ArrayList<>();

    @Option(names = "--live", paramLabel = "MIB", description = "Grow to so many MiB of objects.")
    private Integer live;

    @Option(names = "--object-size", paramLabel = "BYTES", description = "Size of each object; default 1,024.")
    private int objectSize = 1_024;

    @Option(
            names = "--ahead",
            paramLabel = "MIB",
            description = "What growAhead holds ready; default 64, with --quick 16.")
    private Integer ahead;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the results to this file, after each fork; default allocator-bench-DATE-TIME.json.")
    private Path output;

    @Option(names = "--quick", description = "In less than 20 seconds, to see that it works.")
    private boolean quick;

    @Mixin
    private HelpOption help;

    boolean isQuick() {
        return quick;
    }

    Path output() {
        return ResultFile.prepare(output);
    }

    List<SlotSubject> subjects(List<SlotSubject> byDefault) {
        return Selection.slotSubjects(subjectNames, byDefault);
    }

    /** Returns the plan of the main load. */
    SlotPlan plan(int liveByDefault) {
        return plan("--live", live == null ? liveByDefault : live);
    }

    /** Returns a plan for so many MiB, or says what is wrong with their number. */
    SlotPlan plan(String option, int mebibytes) {
        require(
                objectSize >= SMALLEST_OBJECT && objectSize <= LARGEST_OBJECT,
                "--object-size",
                objectSize,
                SMALLEST_OBJECT + " to " + LARGEST_OBJECT + " bytes");
        long machine = machineBytes() >> MIB_SHIFT;
        long most = Math.min(machine * 3 / 4, MOST_OBJECTS * objectSize >> MIB_SHIFT);
        require(
                mebibytes >= MULTIPLE && mebibytes <= most,
                option,
                mebibytes,
                "%d to %d MiB, for objects of %d bytes on this machine of %d MiB"
                        .formatted(MULTIPLE, most, objectSize, machine));
        int aheadMib = ahead == null ? quick ? 16 : 64 : ahead;
        require(aheadMib >= 1 && aheadMib <= most, "--ahead", aheadMib, "1 to " + most + " MiB");
        int objects = (int) (((long) mebibytes << MIB_SHIFT) / objectSize);
        int aheadObjects = (int) (((long) aheadMib << MIB_SHIFT) / objectSize);
        return new SlotPlan(objects / MULTIPLE * MULTIPLE, objectSize, aheadObjects);
    }

    /** Returns a number above 0: the given one, if there is one. */
    int number(String option, Integer given, int usually, int ifQuick) {
        if (given == null) {
            return quick ? ifQuick : usually;
        }
        require(given > 0, option, given, "a number above 0");
        return given;
    }

    static void require(boolean holds, String option, long given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(option + " was " + given + ", expected " + expected + ".");
        }
    }

    private static long machineBytes() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }
}
