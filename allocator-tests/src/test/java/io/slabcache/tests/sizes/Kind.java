package io.slabcache.tests.sizes;

import io.slabcache.SlabAllocator;
import io.slabcache.SlabAllocatorBuilder;
import io.slabcache.diagnostics.Checks;
import io.slabcache.diagnostics.Debug;

/** The kinds of allocators that one contract holds for. */
enum Kind {
    CHECKED,
    UNCHECKED,
    GUARDED,
    DEBUGGED;

    SlabAllocatorBuilder builder(String name) {
        SlabAllocatorBuilder builder = SlabAllocator.builder(name);
        return switch (this) {
            case CHECKED -> builder;
            case UNCHECKED -> builder.checks(Checks.NONE);
            case GUARDED -> builder.guardedSampling(1);
            case DEBUGGED -> builder.debug(Debug.SANITY, Debug.REDZONES, Debug.POISON, Debug.TRACKING);
        };
    }
}
