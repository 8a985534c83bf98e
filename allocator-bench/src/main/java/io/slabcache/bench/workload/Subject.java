package io.slabcache.bench.workload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a benchmark class part of the comparison. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Subject {

    /** Its name on the command line and in the results. */
    String id();

    /** Its part of the table. */
    Group group();

    /** What is measured, with the settings that matter. */
    String about();

    /**
     * The id of the same subject without its safety feature, if there is one. The table of the cost of safety then
     * compares the two.
     */
    String plainForm() default "";

    /**
     * Why it does not have the workloads that it lacks, as one sentence without an end; empty if it has all of them, or is
     * of a group that has workloads of its own.
     */
    String lacks() default "";

    /** Workloads that it lacks although its class has them. */
    Workload[] without() default {};

    /** The parts of the table, from the top. */
    enum Group {
        LIMIT,
        SLABCACHE,
        PEER,
        /** Caches with a bound and one without, for the workloads that need them. */
        BOUNDED,
        /** Shown only in the table of the cost of safety, and measured no longer than that needs. */
        SAFETY
    }
}
