package io.slabcache.bench.demo.packets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The payloads of UDP in a captured file, in its order. They are off the heap, so that the collector does not see them. */
public final class Capture {

    /** Of one payload: an empty datagram and one of a byte tell the end of an exchange. */
    private static final int LEAST_BYTES = 2;

    /** Of all payloads: enough for a pattern, and little beside the memory of the pools. */
    private static final int MOST_BYTES = 64 << 20;

    private final String name;
    private ByteBuffer payloads = ByteBuffer.allocateDirect(1 << 16);
    private int[] ends = new int[64];
    private int count;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private long notUdp;
    private long fragments;
    private long cut;
    private long otherSize;
    private boolean isWhole = true;

    private Capture(Path file) {
        name = String.valueOf(file.getFileName());
    }

    /** Reads a file, or the first 64 MiB of its payloads. */
    public static Capture read(Path file) throws IOException, MalformedCaptureException {
        Capture capture = new Capture(file);
        try (PcapReader reader = new PcapReader(file)) {
            if (!UdpFinder.knows(reader.linkType())) {
                throw reader.malformed("the link type is " + reader.linkType()
                        + ", expected Ethernet (1), IP (101, 228, 229), Linux cooked (113, 276) or loopback (0, 108)");
            }
            UdpFinder finder = new UdpFinder(reader.linkType());
            ByteBuffer packet;
            while (capture.isWhole && (packet = reader.next()) != null) {
                capture.add(finder.find(packet), packet);
            }
            if (capture.count == 0) {
                throw reader.malformed("no datagram of UDP with " + LEAST_BYTES + " to " + PacketPool.BYTES + " bytes"
                        + capture.leftOut());
            }
        }
        return capture;
    }

    private void add(UdpFinder.Found found, ByteBuffer packet) {
        switch (found) {
            case NO_UDP -> notUdp++;
            case FRAGMENT -> fragments++;
            case CUT -> cut++;
            case PAYLOAD -> {
                int bytes = packet.remaining();
                if (bytes < LEAST_BYTES || bytes > PacketPool.BYTES) {
                    otherSize++;
                } else if (payloads.position() + bytes > MOST_BYTES) {
                    isWhole = false;
                } else {
                    add(packet);
                }
            }
        }
    }

    private void add(ByteBuffer payload) {
        int bytes = payload.remaining();
        shortest = Math.min(shortest, bytes);
        longest = Math.max(longest, bytes);
        if (payloads.remaining() < bytes) {
            payloads = ByteBuffer.allocateDirect(2 * payloads.capacity()).put(payloads.flip());
        }
        payloads.put(payload);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = payloads.position();
    }

    /** Returns how many payloads there are, at least one. */
    int size() {
        return count;
    }

    /** Returns a view for one thread, for {@link #select}. */
    ByteBuffer view() {
        return payloads.duplicate();
    }

    /** Sets position and limit of a view to a payload. */
    void select(ByteBuffer view, int index) {
        view.limit(ends[index]).position(index == 0 ? 0 : ends[index - 1]);
    }

    /** Says in a line what is sent, and in another one what is not. */
    public String about() {
        return String.format(
                        Locale.ROOT,
                        "%s%,d payload%s of %s, %,d to %,d bytes, again and again.%n",
                        isWhole ? "" : "The first ",
                        count,
                        count == 1 ? "" : "s",
                        name,
                        shortest,
                        longest)
                + (leftOut().isEmpty() ? "" : String.format("Not sent%s.%n", leftOut()));
    }

    private String leftOut() {
        StringBuilder text = new StringBuilder();
        append(text, notUdp, "without UDP");
        append(text, fragments, "fragments");
        append(text, cut, "cut by the capture");
        append(text, otherSize, "shorter or longer");
        return text.isEmpty() ? "" : ": packets " + text;
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%s %,d", what, count));
        }
    }
}
