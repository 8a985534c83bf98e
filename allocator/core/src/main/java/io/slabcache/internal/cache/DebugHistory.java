package io.slabcache.internal.cache;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.debug.DebugLayer;
import io.slabcache.internal.debug.Description;
import io.slabcache.internal.debug.SlabObject;
import io.slabcache.internal.slab.Slab;
import java.util.Optional;

/** The history of an object as the debug layer records it. */
record DebugHistory(DebugLayer layer) implements ObjectHistory {
    @Override
    public Optional<ObjectTrack> allocated(Slab slab, int index) {
        return Optional.ofNullable(layer.track(new SlabObject(slab, index), true));
    }

    @Override
    public Optional<ObjectTrack> freed(Slab slab, int index) {
        return Optional.ofNullable(layer.track(new SlabObject(slab, index), false));
    }

    @Override
    public String text(Slab slab, int index) {
        SlabObject object = new SlabObject(slab, index);
        StringBuilder text = new StringBuilder();
        Description.appendTracks(text, layer.track(object, true), layer.track(object, false));
        return text.toString();
    }
}
