package io.slabcache.bench.run;

import java.util.List;

/** The garbage collector of a fork. */
public enum Collector {
    /** The one that the JVM chooses, or that its arguments name. */
    DEFAULT("default"),
    G1("g1", "-XX:+UseG1GC"),
    PARALLEL("parallel", "-XX:+UseParallelGC"),
    Z("z", "-XX:+UseZGC");

    private final String id;
    private final List<String> jvmArguments;

    Collector(String id, String... jvmArguments) {
        this.id = id;
        this.jvmArguments = List.of(jvmArguments);
    }

    /** Its name on the command line and in the results. */
    public String id() {
        return id;
    }

    /** Returns its name in the results; none for the default, as in results that knew no other. */
    public String idUnlessDefault() {
        return this == DEFAULT ? null : id;
    }

    List<String> jvmArguments() {
        return jvmArguments;
    }
}
