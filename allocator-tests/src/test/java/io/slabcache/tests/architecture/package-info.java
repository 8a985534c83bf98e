/**
 * The rules of the architecture and of the source files, with a planted violation of each in the packages below {@code
 * planted}. Read {@code HouseRules} and {@code SourceRules} first.
 */
package io.slabcache.tests.architecture;
