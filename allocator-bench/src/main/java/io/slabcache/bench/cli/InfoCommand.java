package io.slabcache.bench.cli;

import io.slabcache.bench.attach.CacheFeed;
import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.JvmProblem;
import io.slabcache.bench.top.CacheText;
import io.slabcache.bench.top.TopJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints everything that is known of the caches of a running JVM. */
@Command(
        name = "info",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Print everything that is known of the caches of a running JVM of the same user: figures, latencies, "
                    + "magazines by thread, traces. As with top, it needs no option, and keeps its management agent.",
        })
final class InfoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Override
    public Integer call() throws Exception {
        return options.run(spec, this::print);
    }

    private int print(long pid) throws JvmProblem, InterruptedException {
        List<CacheSample> caches;
        try (CacheFeed feed = CacheFeed.of(pid, Duration.ofSeconds(1), true)) {
            caches = WatchOptions.once(feed);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            out.println(TopJson.of(pid, caches));
        } else {
            out.print(caches.isEmpty() ? "JVM " + pid + " has no open cache.\n" : CacheText.everything(caches));
        }
        out.flush();
        return 0;
    }
}
