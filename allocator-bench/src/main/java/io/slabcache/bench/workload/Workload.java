package io.slabcache.bench.workload;

/**
 * The workloads of the comparison, in the order in which they are run and shown. A benchmark method
 * of the name {@link #id()} is its code; one of any other name is only run through {@code jmh}.
 */
public enum Workload {
    PAIR("pair", "allocate one object and free it"),
    BATCH_64("batch64", "allocate 64 objects, then free them; per object"),
    BATCH_1000("batch1000", "allocate 1,000 objects, then free them; per object"),
    HAND_OVER("handover", "one thread allocates, a second one frees; per object");

    private final String id;
    private final String about;

    Workload(String id, String about) {
        this.id = id;
        this.about = about;
    }

    /** Its name on the command line and in the results. */
    public String id() {
        return id;
    }

    /** What one operation is. */
    public String about() {
        return about;
    }
}
