package io.slabcache.bench.workload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a benchmark class a part of a subject that another class stands for. It has some workloads of that subject, which
 * need other state; where the other class has them as well, the part counts.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PartOf {

    /** The class with the annotation {@link Subject}. */
    Class<?> value();

    /** The workloads; the part's other methods are not in the comparison. */
    Workload[] workloads();
}
