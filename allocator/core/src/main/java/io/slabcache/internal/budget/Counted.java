package io.slabcache.internal.budget;

/** Implemented by regions that count another region. A check of a source's regions looks at the inner one. */
public interface Counted {
    /** {@return the region that the source made} */
    Object inner();
}
