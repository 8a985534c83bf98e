package io.slabcache.bench.demo.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes captured files for tests. */
public final class PcapBytes {

    static final int ETHERNET = 1;
    static final int RAW = 101;
    static final int TCP = 6;
    static final int UDP = 17;

    private final ByteOrder order;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins a file. */
    PcapBytes(ByteOrder order, int magic, int linkType) {
        this.order = order;
        ByteBuffer header = ByteBuffer.allocate(24).order(order);
        header.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(16, 65_535)
                .putInt(20, linkType);
        bytes.writeBytes(header.array());
    }

    /** Begins a file with the header that most programs write. */
    public static PcapBytes ofEthernet() {
        return new PcapBytes(ByteOrder.LITTLE_ENDIAN, 0xA1B2_C3D4, ETHERNET);
    }

    /** Adds a packet that was captured whole. */
    PcapBytes packet(byte[] packet) {
        return packet(packet, packet.length);
    }

    /** Adds the first bytes of a packet. */
    PcapBytes packet(byte[] packet, int captured) {
        ByteBuffer header = ByteBuffer.allocate(16).order(order);
        header.putInt(8, captured).putInt(12, packet.length);
        bytes.writeBytes(header.array());
        bytes.write(packet, 0, captured);
        return this;
    }

    /** Adds a datagram of IPv4 in a frame of Ethernet. */
    public PcapBytes datagram(byte[] payload) {
        return packet(concat(ethernet(0x0800), ipv4(UDP, 0, udp(payload))));
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    /** Writes the file and returns it. */
    public Path write(Path file) throws IOException {
        return Files.write(file, bytes.toByteArray());
    }

    static byte[] ethernet(int... types) {
        ByteBuffer header = ByteBuffer.allocate(14 + 4 * (types.length - 1));
        header.putShort(12, (short) types[0]);
        for (int i = 1; i < types.length; i++) {
            header.putShort(12 + 4 * i, (short) types[i]);
        }
        return header.array();
    }

    static byte[] ipv4(int protocol, int fragment, byte[] content) {
        ByteBuffer header = ByteBuffer.allocate(24); // with 4 bytes of options
        header.put(0, (byte) 0x46).putShort(2, (short) (24 + content.length));
        header.putShort(6, (short) fragment).put(9, (byte) protocol);
        return concat(header.array(), content);
    }

    static byte[] ipv6(int next, byte[] content) {
        ByteBuffer header = ByteBuffer.allocate(40);
        header.put(0, (byte) 0x60).putShort(4, (short) content.length).put(6, (byte) next);
        return concat(header.array(), content);
    }

    /** Adds zeros behind the payload, as short frames have them. */
    static byte[] udp(byte[] payload) {
        ByteBuffer header = ByteBuffer.allocate(8).putShort(4, (short) (8 + payload.length));
        return concat(header.array(), payload, new byte[6]);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
