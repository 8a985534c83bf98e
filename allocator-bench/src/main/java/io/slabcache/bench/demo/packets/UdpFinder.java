package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/** Finds the payload of UDP in a captured packet. */
final class UdpFinder {

    /** What a packet has. */
    enum Found {
        PAYLOAD,
        NO_UDP,
        FRAGMENT,
        CUT
    }

    private static final int NULL = 0;
    private static final int ETHERNET = 1;
    private static final int RAW_12 = 12;
    private static final int RAW_14 = 14;
    private static final int RAW = 101;
    private static final int LOOP = 108;
    private static final int LINUX_COOKED = 113;
    private static final int IPV4 = 228;
    private static final int IPV6 = 229;
    private static final int LINUX_COOKED_2 = 276;

    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86DD;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_VLAN_OF_PROVIDER = 0x88A8;
    private static final int VLAN_BYTES = 4;

    private static final int UDP = 17;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int IPV4_LEAST_BYTES = 20;
    private static final int IPV4_FRAGMENT = 0x3FFF;
    private static final int IPV6_BYTES = 40;
    private static final int IPV6_HOP_BY_HOP = 0;
    private static final int IPV6_ROUTING = 43;
    private static final int IPV6_FRAGMENT = 44;
    private static final int IPV6_DESTINATION = 60;

    private final int linkType;

    /** For packets of one link type, which must be known. */
    UdpFinder(int linkType) {
        this.linkType = linkType;
    }

    static boolean knows(int linkType) {
        return switch (linkType) {
            case NULL, ETHERNET, RAW_12, RAW_14, RAW, LOOP, LINUX_COOKED, IPV4, IPV6, LINUX_COOKED_2 -> true;
            default -> false;
        };
    }

    /** Looks into a packet, big-endian from 0 to its limit; sets position and limit to a payload that is found. */
    Found find(ByteBuffer packet) {
        try {
            return switch (linkType) {
                case ETHERNET -> behindType(packet, 12);
                case LINUX_COOKED -> behindType(packet, 14);
                case LINUX_COOKED_2 -> behindType(packet, 0, 20);
                case NULL, LOOP -> inIp(packet, 4);
                default -> inIp(packet, 0);
            };
        } catch (IndexOutOfBoundsException e) {
            return Found.CUT; // before or within a header
        }
    }

    /** The type of what follows is the last field of the header, and may name a VLAN first. */
    private static Found behindType(ByteBuffer packet, int at) {
        int type = packet.getShort(at) & 0xFFFF;
        return type == TYPE_VLAN || type == TYPE_VLAN_OF_PROVIDER
                ? behindType(packet, at + VLAN_BYTES)
                : behindType(packet, at, at + 2);
    }

    private static Found behindType(ByteBuffer packet, int at, int next) {
        int type = packet.getShort(at) & 0xFFFF;
        return type == TYPE_IPV4 || type == TYPE_IPV6 ? inIp(packet, next) : Found.NO_UDP;
    }

    private static Found inIp(ByteBuffer packet, int at) {
        return switch ((packet.get(at) & 0xF0) >> 4) {
            case 4 -> inIpv4(packet, at);
            case 6 -> inIpv6(packet, at);
            default -> Found.NO_UDP;
        };
    }

    private static Found inIpv4(ByteBuffer packet, int at) {
        int headerBytes = 4 * (packet.get(at) & 0x0F);
        if (headerBytes < IPV4_LEAST_BYTES || (packet.get(at + 9) & 0xFF) != UDP) {
            return Found.NO_UDP;
        }
        return (packet.getShort(at + 6) & IPV4_FRAGMENT) != 0 ? Found.FRAGMENT : inUdp(packet, at + headerBytes);
    }

    private static Found inIpv6(ByteBuffer packet, int at) {
        int next = packet.get(at + 6) & 0xFF;
        int header = at + IPV6_BYTES;
        while (next == IPV6_HOP_BY_HOP || next == IPV6_ROUTING || next == IPV6_DESTINATION) {
            next = packet.get(header) & 0xFF;
            header += 8 * (1 + (packet.get(header + 1) & 0xFF));
        }
        return switch (next) {
            case UDP -> inUdp(packet, header);
            case IPV6_FRAGMENT -> Found.FRAGMENT;
            default -> Found.NO_UDP;
        };
    }

    private static Found inUdp(ByteBuffer packet, int at) {
        int end = at + (packet.getShort(at + 4) & 0xFFFF);
        int payload = at + UDP_HEADER_BYTES;
        if (end < payload || end > packet.limit()) {
            return Found.CUT;
        }
        packet.limit(end).position(payload);
        return Found.PAYLOAD;
    }
}
