package io.slabcache.bench.page;

import io.slabcache.bench.report.Machine;
import io.slabcache.bench.report.Origin;
import java.util.List;
import java.util.Locale;

/** Where the numbers of a page come from. */
final class Facts {

    private Facts() {}

    static List<String> of(Origin origin) {
        Machine machine = origin.machine();
        return List.of(
                origin.command(),
                String.format(
                        Locale.ROOT,
                        "%s, %d:%02d minutes",
                        origin.date(),
                        origin.seconds() / 60,
                        origin.seconds() % 60),
                machine.cpu() + ", " + machine.cores() + " cores, " + machine.os(),
                machine.jdk() + ", " + String.join(", ", machine.collectors()),
                "JVM arguments: "
                        + (origin.jvmArguments().isEmpty() ? "none" : String.join(" ", origin.jvmArguments())));
    }
}
