package io.slabcache.bench.run;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Not part of the comparison: shows how a fork measures. */
public class ProbeBenchmark {

    static final long NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Takes at least {@link #NANOSECONDS}. */
    @Benchmark
    public void pair() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(NANOSECONDS);
    }

    /** Fails with the parameters that JMH received. */
    @Benchmark
    public void oversubscribed(BenchmarkParams parameters) {
        throw new IllegalStateException(parameters.getMode() + " of " + parameters.getThreads() + " threads");
    }
}
