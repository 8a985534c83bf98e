package io.slabcache.bench.run;

import org.openjdk.jmh.annotations.Benchmark;

/** Not part of the comparison: fails in its fork. */
public class FailingBenchmark {

    @Benchmark
    public void pair() {
        throw new IllegalStateException("on purpose");
    }
}
