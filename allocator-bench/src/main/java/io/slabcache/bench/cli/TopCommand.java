package io.slabcache.bench.cli;

import io.slabcache.bench.attach.CacheFeed;
import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.JvmProblem;
import io.slabcache.bench.attach.ProgramName;
import io.slabcache.bench.top.CacheText;
import io.slabcache.bench.top.TopJson;
import io.slabcache.bench.top.TopScreen;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the caches of a running JVM, live. */
@Command(
        name = "top",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Show the caches of a running JVM of the same user, live. It needs no option at its start. Its management "
                    + "agent is started, and stays in it; a recording by its Flight Recorder ends with this program.",
        },
        footer = {
            "",
            "Keys: arrows select a cache and the column to sort by, r reverses the order, / filters by name, Enter "
                    + "shows all of a cache, + and - change the interval, q quits. Without a terminal, or with "
                    + "TERM=dumb, a table is printed after each interval. NO_COLOR turns styles off.",
        })
final class TopCommand implements Callable<Integer> {

    private static final int LONGEST_INTERVAL = 3_600;

    @Spec
    private CommandSpec spec;

    @Mixin
    private WatchOptions options;

    @Option(names = "--once", description = "Print the table once, after about two seconds.")
    private boolean once;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Time between figures; default 1.")
    private int seconds = 1;

    @Override
    public Integer call() throws Exception {
        if (seconds < 1 || seconds > LONGEST_INTERVAL) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--interval was " + seconds + ", expected 1 to " + LONGEST_INTERVAL + " seconds.");
        }
        return options.run(spec, this::watch);
    }

    private int watch(long pid) throws JvmProblem, IOException, InterruptedException {
        Duration interval = Duration.ofSeconds(seconds);
        try (CacheFeed feed = CacheFeed.of(pid, once ? Duration.ofSeconds(1) : interval, options.isJson())) {
            if (once) {
                print(pid, WatchOptions.once(feed));
                return 0;
            }
            if (!options.isJson() && TopScreen.isPossible(System.getenv())) {
                try (TopScreen screen = TopScreen.open(System.getenv())) {
                    if (screen.isAble()) {
                        screen.run(feed, pid + " " + ProgramName.of(pid), interval);
                        return 0;
                    }
                }
            }
            return printAgainAndAgain(pid, feed, interval);
        }
    }

    private int printAgainAndAgain(long pid, CacheFeed feed, Duration interval)
            throws JvmProblem, InterruptedException {
        List<CacheSample> caches = WatchOptions.once(feed);
        while (!spec.commandLine().getOut().checkError()) {
            print(pid, caches);
            feed.await(each -> false, interval);
            caches = feed.caches();
        }
        return 0;
    }

    private void print(long pid, List<CacheSample> caches) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(options.isJson() ? TopJson.of(pid, caches) + "\n" : CacheText.table(caches));
        out.flush();
    }
}
