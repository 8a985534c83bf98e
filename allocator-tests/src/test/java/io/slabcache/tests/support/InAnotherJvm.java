package io.slabcache.tests.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Marks a class whose tests start other JVMs and only wait for what these print. It runs beside the classes that are
 * not marked, which run one after the other. Of the marked classes, too, one runs at a time: so there are two at most.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("other JVMs")
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface InAnotherJvm {}
