package io.slabcache.bench.cli;

import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.report.Machine;
import io.slabcache.bench.run.Plan;
import io.slabcache.bench.run.Settings;
import io.slabcache.bench.workload.Workload;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The first screen of a run: what is measured and against what, how, and on what. */
final class Announcement {

    /** More names than these say less than their number. */
    private static final int NAMES = 6;

    private final Plan plan;

    Announcement(Plan plan) {
        this.plan = plan;
    }

    /** Returns three lines about the plan, and some about the machine. */
    String text(Machine machine) {
        Settings settings = plan.settings();
        return """
                Measures %s against %s.
                Under %s; ns per object of %d bytes, garbage.
                %d forked JVMs, %s, each %d ms of warm-up and %d x %d ms; about %s minutes.

                %s, %d cores, %s
                %s
                %s""".formatted(
                        names("%d subjects of Slabcache", subjects(Announcement::isOurs)),
                        names("%d others, from plain arrays to peers", subjects(subject -> !isOurs(subject))),
                        names("%d workloads", workloads()),
                        settings.objectSize(),
                        plan.steps().size(),
                        settings.rounds() == 1 ? "1 round" : settings.rounds() + " interleaved rounds",
                        settings.warmupMillis(),
                        settings.iterations(),
                        settings.iterationMillis(),
                        Progress.minutes(Duration.ofMillis(plan.millis())),
                        machine.cpu(),
                        machine.cores(),
                        machine.os(),
                        machine.jdk(),
                        Lines.paragraph(String.join(", ", machine.collectors()) + "; JVM arguments: " + arguments())
                                        .strip()
                                + System.lineSeparator());
    }

    private static boolean isOurs(SubjectInfo subject) {
        return subject.id().startsWith("slabcache");
    }

    private List<String> subjects(Predicate<SubjectInfo> which) {
        return plan.steps().stream()
                .map(step -> step.benchmark().subject())
                .distinct()
                .sorted()
                .filter(which)
                .map(SubjectInfo::id)
                .toList();
    }

    private List<String> workloads() {
        return plan.steps().stream()
                .map(step -> step.benchmark().workload())
                .distinct()
                .map(Workload::id)
                .toList();
    }

    private static String names(String ifMany, List<String> names) {
        String all = String.join(", ", names);
        if (names.isEmpty()) {
            return "nothing";
        }
        return names.size() > NAMES ? ifMany.formatted(names.size()) : all;
    }

    private static String arguments() {
        List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return arguments.isEmpty() ? "none" : String.join(" ", arguments);
    }
}
