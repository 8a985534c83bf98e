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

    /**
     * The id of the same without what makes this one safer, if there is such a subject. Both then have
     * a row in the table of the cost of safety, where the one is compared with the other.
     */
    String plainForm() default "";

    /** The parts of the table, from the top. */
    enum Group {
        LIMIT,
        SLABCACHE,
        PEER,
        /** Caches with a bound and one without, for the workloads that ask for them. */
        BOUNDED,
        /** Shown only in the table of the cost of safety, and measured no more than that needs. */
        SAFETY
    }
}
