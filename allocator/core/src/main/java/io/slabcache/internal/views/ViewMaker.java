package io.slabcache.internal.views;

import java.lang.foreign.MemorySegment;

/**
 * Makes the views of one edge. A class and not an interface, because a call is cheaper while one subclass is loaded.
 *
 * @param <V> type of the views
 */
public abstract class ViewMaker<V> {
    /** For the edges. */
    protected ViewMaker() {}

    /**
     * Makes the view of an object.
     *
     * @param object its segment
     * @return a view of exactly the object
     */
    protected abstract V make(MemorySegment object);

    /**
     * Makes the view of an object that is being handed out as good as new, whatever its last owner did to it.
     *
     * @param view of the object
     * @param address of the object
     * @return the view
     */
    protected abstract V ready(V view, long address);
}
