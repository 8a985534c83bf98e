package io.slabcache.bench.demo.packets;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the packets of a file in the classic format of libpcap, of either byte order. */
final class PcapReader implements Closeable {

    private static final int MICROSECONDS = 0xA1B2_C3D4;
    private static final int NANOSECONDS = 0xA1B2_3C4D;
    private static final int PCAPNG = 0x0A0D_0D0A;
    private static final int GZIP = 0x1F8B;

    private static final int FILE_HEADER_BYTES = 24;
    private static final int AT_LINK_TYPE = 20;
    private static final int LINK_TYPE_MASK = 0xFFFF;
    private static final int PACKET_HEADER_BYTES = 16;
    private static final int AT_CAPTURED = 8;

    /** The most that libpcap captures of a packet. */
    private static final int MOST_BYTES = 262_144;

    private final String name;
    private final InputStream in;
    private final byte[] packet = new byte[MOST_BYTES];
    private final ByteOrder order;
    private final int linkType;
    private long packets;

    PcapReader(Path file) throws IOException, MalformedCaptureException {
        name = String.valueOf(file.getFileName());
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            int read = in.readNBytes(packet, 0, FILE_HEADER_BYTES);
            ByteBuffer header = ByteBuffer.wrap(packet, 0, FILE_HEADER_BYTES);
            order = order(header.getInt(0), read);
            linkType = header.order(order).getInt(AT_LINK_TYPE) & LINK_TYPE_MASK;
        } catch (IOException | MalformedCaptureException e) {
            in.close();
            throw e;
        }
    }

    private ByteOrder order(int magic, int read) throws MalformedCaptureException {
        if (magic == PCAPNG) {
            throw malformed("the format is pcapng, expected pcap; 'editcap -F pcap " + name + " OUT.pcap' converts it");
        }
        if (magic >>> 16 == GZIP) {
            throw malformed("the file is compressed, expected pcap; 'gunzip' helps");
        }
        if (read == FILE_HEADER_BYTES && (magic == MICROSECONDS || magic == NANOSECONDS)) {
            return ByteOrder.BIG_ENDIAN;
        }
        int reversed = Integer.reverseBytes(magic);
        if (read == FILE_HEADER_BYTES && (reversed == MICROSECONDS || reversed == NANOSECONDS)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        throw malformed("no capture of packets, expected the format pcap, as 'tcpdump -w' writes it");
    }

    /** Returns how the packets begin, as a number of the list of link types. */
    int linkType() {
        return linkType;
    }

    /**
     * Returns the next packet, big-endian, from index 0 to its limit; the same buffer may have the one after it.
     *
     * @return {@code null} at the end of the file
     */
    ByteBuffer next() throws IOException, MalformedCaptureException {
        int read = in.readNBytes(packet, 0, PACKET_HEADER_BYTES);
        if (read == 0) {
            return null;
        }
        packets++;
        int bytes = read < PACKET_HEADER_BYTES
                ? 0
                : ByteBuffer.wrap(packet).order(order).getInt(AT_CAPTURED);
        if (bytes < 0 || bytes > MOST_BYTES) {
            throw malformed("packet " + packets + " has " + Integer.toUnsignedString(bytes)
                    + " bytes, expected at most " + MOST_BYTES);
        }
        if (read < PACKET_HEADER_BYTES || in.readNBytes(packet, 0, bytes) < bytes) {
            throw malformed("the file ends in the middle of packet " + packets);
        }
        return ByteBuffer.wrap(packet, 0, bytes);
    }

    MalformedCaptureException malformed(String problem) {
        return new MalformedCaptureException(name, problem);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
