package io.slabcache.internal.magazine;

import io.slabcache.internal.util.Lincheck;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread may wake up and free its spare object while another thread takes what it has cached: no object is lost.
 * Lincheck checks that. It must catch a free that does not look whether the spare object was revoked.
 */
class RevocationLincheckTest {
    @ParameterizedTest
    @EnumSource
    void threadsFromWhichOthersTakeConserveEveryObject(Lincheck lincheck) {
        lincheck.assertLinearizable(RevocationOperations.class, TakenObjects.class);
    }

    @Test
    void aFreeThatIgnoresTheRevocationIsFound() {
        Lincheck.MODEL_CHECKING.assertCaught(IgnoringFree.class, TakenObjects.class);
    }

    /** The sequential specification. No caller can observe which thread took what. */
    public static class TakenObjects {
        private int held = 1;

        public void allocate() {
            held++;
        }

        public boolean free() {
            boolean any = held > 0;
            held -= any ? 1 : 0;
            return any;
        }

        public void shrink() {}
    }

    /** Known bad: the free of a segment compares the segment only. */
    public static class IgnoringFree extends RevocationOperations {
        /** Made by Lincheck. */
        public IgnoringFree() throws ReflectiveOperationException {}

        @Override
        boolean giveSpare(ThreadCache cache, MemorySegment handle) {
            boolean isRevoked = cache.isSpareRevoked();
            cache.restoreSpare();
            boolean isGiven = super.giveSpare(cache, handle);
            if (isRevoked) {
                cache.revokeSpare();
            }
            return isGiven;
        }
    }
}
