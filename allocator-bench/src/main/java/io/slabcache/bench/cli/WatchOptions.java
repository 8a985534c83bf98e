package io.slabcache.bench.cli;

import io.slabcache.bench.attach.CacheFeed;
import io.slabcache.bench.attach.CacheSample;
import io.slabcache.bench.attach.JvmProblem;
import io.slabcache.bench.attach.JvmSearch;
import io.slabcache.bench.top.CacheText;
import io.slabcache.bench.top.TopJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What {@code top} and {@code info} have in common. */
final class WatchOptions {

    /** For two rounds of figures, which give rates. The first recording of a JVM takes a while to start. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** After so many rounds without one, no cache is open. */
    private static final int EMPTY_FLUSHES = 4;

    @Parameters(
            arity = "0..1",
            paramLabel = "PID",
            description = "The process of the JVM; without it, the JVMs that use Slabcache are listed.")
    private String process;

    @Option(names = "--json", description = "Write JSON, for scripts.")
    private boolean json;

    @Mixin
    private HelpOption help;

    /** What to do with a JVM, which has been given. */
    interface Watch {
        int run(long pid) throws Exception;
    }

    boolean isJson() {
        return json;
    }

    /** Lists the JVMs or watches one, and returns the exit code. */
    int run(CommandSpec spec, Watch watch) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (process == null) {
            JvmSearch search = JvmSearch.run();
            out.print(json ? TopJson.of(search) + "\n" : CacheText.list(search));
            out.flush();
            return 0;
        }
        long pid = pid(spec);
        try {
            return watch.run(pid);
        } catch (JvmProblem e) {
            spec.commandLine().getErr().println("allocator-bench: " + e.getMessage());
            return 1;
        }
    }

    private long pid(CommandSpec spec) {
        try {
            long pid = Long.parseLong(process);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // Answered below.
        }
        throw new ParameterException(
                spec.commandLine(), "PID was '" + process + "', expected the number of a process, as jps shows it.");
    }

    /** Returns the figures of all caches once there are rates, too. */
    static List<CacheSample> once(CacheFeed feed) throws JvmProblem, InterruptedException {
        feed.await(WatchOptions::isComplete, PATIENCE);
        return feed.caches();
    }

    private static boolean isComplete(CacheFeed feed) {
        List<CacheSample> caches = feed.caches();
        return caches.isEmpty()
                ? feed.flushes() >= EMPTY_FLUSHES
                : caches.stream().noneMatch(cache -> cache.rates().isEmpty());
    }
}
