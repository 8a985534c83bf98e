package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * Owners that want the only stripe, for Lincheck. With more than one, an owner may find each of them taken although at
 * no moment all were: that is no lock that a specification in one thread could describe.
 *
 * <p>The only file of this check that calls the stripes.
 */
public class StripesOperations {
    final Stripes stripes = new Stripes(1);
    private final ThreadCache[] held = new ThreadCache[Lincheck.OWNERS];

    ThreadCache take() {
        return stripes.tryHold();
    }

    /** Whether the owner has it now and had it not before. */
    @Operation
    public boolean hold(@Param(gen = ThreadIdGen.class) int owner) {
        ThreadCache stripe = take();
        if (stripe == null) {
            return false;
        }
        held[owner] = stripe;
        return true;
    }

    /** Whether the owner had it, and gave it back. */
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
