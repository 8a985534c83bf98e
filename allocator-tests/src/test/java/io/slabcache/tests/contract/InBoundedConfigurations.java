package io.slabcache.tests.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a part of the contract suite in each configuration that has a bound. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.slabcache.tests.contract.Configuration#bounded")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface InBoundedConfigurations {}
