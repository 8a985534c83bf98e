package io.slabcache.tests.threads;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No waiting virtual thread holds a stripe. The check must catch a pool that holds stripes while it grows. */
class BlockedGrowthTest {
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void blockedThreadsHoldNoStripe(BlockedGrowth.Where where) {
        new BlockedGrowth(where, Pool::of).check();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void aPoolThatHoldsStripesWhileItGrowsIsCaught(BlockedGrowth.Where where) {
        BlockedGrowth growth = new BlockedGrowth(where, StripeHoldingPool::new);
        AssertionError caught = assertThrows(AssertionError.class, growth::check);
        assertTrue(caught.getMessage().contains("no stripe is at hand"), caught.getMessage());
    }
}
