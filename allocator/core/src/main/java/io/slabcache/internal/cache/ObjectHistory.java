package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.slab.Slab;
import java.util.Optional;

/** The last owners of an object, as far as they are known. */
interface ObjectHistory {
    /** Knows nothing. */
    ObjectHistory UNKNOWN = new ObjectHistory() {
        @Override
        public Optional<ObjectTrack> allocated(Slab slab, int index) {
            return Optional.empty();
        }

        @Override
        public Optional<ObjectTrack> freed(Slab slab, int index) {
            return Optional.empty();
        }

        @Override
        public String text(Slab slab, int index) {
            return "";
        }
    };

    /** The last allocation of an object. */
    Optional<ObjectTrack> allocated(Slab slab, int index);

    /** The last free of an object. */
    Optional<ObjectTrack> freed(Slab slab, int index);

    /** Both as text for the end of a message; empty if nothing is known. */
    String text(Slab slab, int index);
}
