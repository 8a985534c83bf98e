/** Demonstrations: programs as users might write them, over the library and another one. */
package io.slabcache.bench.demo;
