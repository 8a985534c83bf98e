package io.slabcache.tests.architecture.planted.internal.slab;

import io.slabcache.tests.architecture.planted.internal.magazine.High;

/** Known bad: uses a higher layer. */
public class Low {
    High high;
}
