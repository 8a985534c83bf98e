package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Owners that want the only stripe, for Lincheck. With several stripes, an owner may find each one taken although never
 * all are taken at once, which no sequential specification allows.
 *
 * <p>The only file of this check that calls the stripes.
 */
public class StripesOperations {
    final Stripes stripes = new Stripes(1);
    private final ThreadCache[] held = new ThreadCache[Lincheck.OWNERS];

    ThreadCache take() {
        return stripes.tryHold();
    }

    /** Returns whether the owner acquired it just now. */
    @Operation
    public boolean hold(@Param(gen = ThreadIdGen.class) int owner) {
        ThreadCache stripe = take();
        if (stripe == null) {
            return false;
        }
        held[owner] = stripe;
        return true;
    }

    /** Returns whether the owner held it, and released it. */
    @Operation
    public boolean release(@Param(gen = ThreadIdGen.class) int owner) {
        ThreadCache stripe = held[owner];
        if (stripe == null) {
            return false;
        }
        held[owner] = null;
        stripe.release();
        return true;
    }
}
