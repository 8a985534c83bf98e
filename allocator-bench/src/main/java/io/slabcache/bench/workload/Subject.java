package io.slabcache.bench.workload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Puts a benchmark class into the comparison. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subject {

    /** Its name on the command line and in the results. */
    String id();

    /** Which part of the table it belongs to. */
    Group group();

    /** What is measured, with the settings that matter. */
    String about();

    /** The parts of the table, from the top. */
    enum Group {
        LIMIT,
        SLABCACHE,
        PEER
    }
}
