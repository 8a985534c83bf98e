package io.slabcache.bench.demo.packets;

import static io.slabcache.bench.demo.packets.PcapBytes.concat;
import static io.slabcache.bench.demo.packets.PcapBytes.ethernet;
import static io.slabcache.bench.demo.packets.PcapBytes.ipv4;
import static io.slabcache.bench.demo.packets.PcapBytes.ipv6;
import static io.slabcache.bench.demo.packets.PcapBytes.udp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads of a captured file are found behind each kind of header, and what is no payload is left out and counted. */
class CaptureTest {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final int MORE_FRAGMENTS = 0x2000;

    @TempDir
    private Path folder;

    private Capture read(byte[] file) throws IOException, MalformedCaptureException {
        return Capture.read(Files.write(folder.resolve("x.pcap"), file));
    }

    private static void assertPayload(byte[] expected, Capture capture, int index) {
        ByteBuffer view = capture.view();
        capture.select(view, index);
        byte[] payload = new byte[view.remaining()];
        view.get(payload);
        assertArrayEquals(expected, payload);
    }

    @ParameterizedTest
    @CsvSource({"true, A1B2C3D4", "false, A1B2C3D4", "true, A1B23C4D", "false, A1B23C4D"})
    void bothByteOrdersAndUnitsOfTimeAreRead(boolean isBig, String magic) throws Exception {
        ByteOrder order = isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Capture capture = read(new PcapBytes(order, Integer.parseUnsignedInt(magic, 16), PcapBytes.ETHERNET)
                .datagram(HELLO)
                .datagram(new byte[2_048])
                .toArray());
        assertEquals(2, capture.size());
        assertPayload(HELLO, capture, 0);
        assertPayload(new byte[2_048], capture, 1);
        assertEquals("2 payloads of x.pcap, 5 to 2,048 bytes, again and again.\n", capture.about());
    }

    private void assertFound(int linkType, byte[] packet) throws Exception {
        Capture capture = read(new PcapBytes(ByteOrder.LITTLE_ENDIAN, 0xA1B2_C3D4, linkType)
                .packet(packet)
                .toArray());
        assertPayload(HELLO, capture, 0);
    }

    @Test
    void thePayloadIsFoundBehindEachKindOfHeader() throws Exception {
        byte[] four = ipv4(PcapBytes.UDP, 0, udp(HELLO));
        byte[] six = ipv6(PcapBytes.UDP, udp(HELLO));
        byte[] hopByHop =
                ipv6(0, concat(new byte[] {60, 0, 0, 0, 0, 0, 0, 0}, new byte[] {17, 1}, new byte[14], udp(HELLO)));
        assertFound(PcapBytes.ETHERNET, concat(ethernet(0x0800), four));
        assertFound(PcapBytes.ETHERNET, concat(ethernet(0x86DD), six));
        assertFound(PcapBytes.ETHERNET, concat(ethernet(0x8100, 0x0800), four));
        assertFound(PcapBytes.ETHERNET, concat(ethernet(0x88A8, 0x8100, 0x86DD), six));
        assertFound(PcapBytes.ETHERNET, concat(ethernet(0x86DD), hopByHop));
        assertFound(PcapBytes.RAW, four);
        assertFound(PcapBytes.RAW, six);
        assertFound(228, four);
        assertFound(0, concat(new byte[4], four));
        assertFound(108, concat(new byte[4], six));
        assertFound(113, concat(new byte[14], new byte[] {8, 0}, four));
        assertFound(276, concat(new byte[] {8, 0}, new byte[18], four));
    }

    @Test
    void whatIsNoWholePayloadIsLeftOutAndCounted() throws Exception {
        byte[] datagram = concat(ethernet(0x0800), ipv4(PcapBytes.UDP, 0, udp(HELLO)));
        Capture capture = read(PcapBytes.ofEthernet()
                .packet(concat(ethernet(0x0806), new byte[28]))
                .packet(concat(ethernet(0x0800), ipv4(PcapBytes.TCP, 0, new byte[20])))
                .packet(concat(ethernet(0x0800), ipv4(PcapBytes.UDP, MORE_FRAGMENTS, udp(HELLO))))
                .packet(concat(ethernet(0x0800), ipv4(PcapBytes.UDP, 7, udp(HELLO))))
                .packet(concat(ethernet(0x86DD), ipv6(44, udp(HELLO))))
                .packet(datagram, 14 + 24 + 8 + 4)
                .packet(datagram, 14 + 24 + 5)
                .packet(datagram, 3)
                .datagram(new byte[1])
                .datagram(new byte[2_049])
                .datagram(new byte[2])
                .toArray());
        assertEquals(1, capture.size());
        assertEquals("""
                1 payload of x.pcap, 2 to 2 bytes, again and again.
                Not sent: packets without UDP 2, fragments 3, cut by the capture 3, shorter or longer 2.
                """, capture.about());
    }

    private String problem(byte[] file) {
        return assertThrows(MalformedCaptureException.class, () -> read(file)).getMessage();
    }

    @Test
    void anotherFormatIsNamed() {
        byte[] pcapng = ByteBuffer.allocate(28).putInt(0x0A0D_0D0A).array();
        assertEquals(
                "x.pcap: the format is pcapng, expected pcap; 'editcap -F pcap x.pcap OUT.pcap' converts it",
                problem(pcapng));
        assertEquals(
                "x.pcap: the file is compressed, expected pcap; 'gunzip' helps",
                problem(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0}));
        for (byte[] other : new byte[][] {{}, "insert,1,buy,100,5\n".repeat(3).getBytes(StandardCharsets.US_ASCII)}) {
            assertEquals(
                    "x.pcap: no capture of packets, expected the format pcap, as 'tcpdump -w' writes it",
                    problem(other));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 24 + 15, 24 + 16 + 30})
    void aCutFileIsRefused(int length) {
        byte[] file = Arrays.copyOf(PcapBytes.ofEthernet().datagram(HELLO).toArray(), length);
        assertEquals(
                length < 24
                        ? "x.pcap: no capture of packets, expected the format pcap, as 'tcpdump -w' writes it"
                        : "x.pcap: the file ends in the middle of packet 1",
                problem(file));
    }

    @Test
    void anImpossibleLengthIsRefused() {
        byte[] file = PcapBytes.ofEthernet().datagram(HELLO).datagram(HELLO).toArray();
        int second = 24 + 16 + 14 + 24 + 8 + HELLO.length + 6;
        ByteBuffer.wrap(file).putInt(second + 8, -1);
        assertEquals("x.pcap: packet 2 has 4294967295 bytes, expected at most 262144", problem(file));
    }

    @Test
    void aFileWithoutADatagramIsRefused() {
        assertEquals(
                "x.pcap: the link type is 127, expected Ethernet (1), IP (101, 228, 229), Linux cooked (113, 276) or "
                        + "loopback (0, 108)",
                problem(new PcapBytes(ByteOrder.BIG_ENDIAN, 0xA1B2_C3D4, 127).toArray()));
        assertEquals(
                "x.pcap: no datagram of UDP with 2 to 2048 bytes: packets without UDP 1",
                problem(PcapBytes.ofEthernet()
                        .packet(concat(ethernet(0x0806), new byte[28]))
                        .toArray()));
    }
}
