package io.slabcache.tests.architecture.planted.diagnostics;

import io.slabcache.tests.architecture.planted.memory.Source;

/** Known bad: diagnostics may use no other package. */
public class Curious {
    Source source;
}
