package io.slabcache.internal.debug;

import io.slabcache.diagnostics.ObjectTrack;
import io.slabcache.internal.slab.Slab;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes a damage in words: what, where, the bytes around it, the object's last owners, the repair. */
public final class Description {
    private static final int LINE = 16;
    private static final int LINES_BEFORE = 2;
    private static final int LINES_AFTER = 2;
    private static final int OFFSET_WIDTH = 6;

    private final Zones zones;

    Description(Zones zones) {
        this.zones = zones;
    }

    /** Describes overwritten bytes. */
    String ofBytes(String headline, SlabObject object, ObjectRecords records, long bad, byte expected, String done) {
        Slab slab = object.slab();
        long offset = bad - object.address();
        MemorySegment piece = zones.around(slab, object.index(), bad, bad + 1);
        StringBuilder text = new StringBuilder(headline);
        text.append(": byte at offset ")
                .append(offset)
                .append(" of the object at ")
                .append(hex(object.address()));
        text.append(" is ").append(hex(piece.get(ValueLayout.JAVA_BYTE, 0)));
        text.append(" instead of ").append(hex(expected));
        appendObject(text, object, records);
        appendBytes(text, object, bad);
        appendTracks(text, records.allocated(object.index()), records.freed(object.index()));
        return text.append("\n").append(done).toString();
    }

    /** Describes a wrong account. */
    String ofSlab(String headline, SlabObject object, ObjectRecords records, String done) {
        StringBuilder text = new StringBuilder(headline);
        text.append(": object at ").append(hex(object.address()));
        appendObject(text, object, records);
        appendTracks(text, records.allocated(object.index()), records.freed(object.index()));
        return text.append("\n").append(done).toString();
    }

    private static void appendObject(StringBuilder text, SlabObject object, ObjectRecords records) {
        text.append("\nobject ").append(object.index());
        text.append(" of the slab at ").append(hex(object.slab().address(0)));
        text.append(", ").append(records.state(object.index()).name().toLowerCase(Locale.ROOT));
    }

    private void appendBytes(StringBuilder text, SlabObject object, long bad) {
        long start = object.address();
        long line = start + Math.floorDiv(bad - start, LINE) * LINE;
        for (long at = line - LINES_BEFORE * LINE; at <= line + LINES_AFTER * LINE; at += LINE) {
            MemorySegment piece = zones.around(object.slab(), object.index(), at, at + LINE);
            if (piece.byteSize() > 0) {
                long offset = piece.address() - start;
                text.append("\n  ")
                        .repeat(
                                ' ',
                                Math.max(0, OFFSET_WIDTH - Long.toString(offset).length()));
                text.append(offset).append(": ");
                text.append(HexFormat.ofDelimiter(" ").formatHex(piece.toArray(ValueLayout.JAVA_BYTE)));
            }
        }
    }

    /**
     * Appends an object's last allocation and free, as far as they are known.
     *
     * @param text to append to
     * @param allocated the last allocation, or {@code null}
     * @param freed the last free, or {@code null}
     */
    public static void appendTracks(StringBuilder text, @Nullable ObjectTrack allocated, @Nullable ObjectTrack freed) {
        appendTrack(text, "allocated", allocated);
        appendTrack(text, "freed", freed);
    }

    private static void appendTrack(StringBuilder text, String what, @Nullable ObjectTrack track) {
        if (track != null) {
            text.append("\n").append(what).append(" at ");
            text.append(DateTimeFormatter.ISO_INSTANT.format(track.time()));
            text.append(" by thread '")
                    .append(track.thread())
                    .append("' (")
                    .append(track.threadId())
                    .append(")");
            track.stack().forEach(frame -> text.append("\n    at ").append(frame));
        }
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    private static String hex(byte value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
