package io.slabcache.bench.demo;

import org.agrona.concurrent.UnsafeBuffer;

/** A message of {@link AeronDemo}: its number, a checksum, and bytes that follow from the number. */
final class AeronMessage {

    static final int HEADER_BYTES = 16;

    /** Odd, so that a change of one word changes the sum. */
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private AeronMessage() {}

    static void fill(UnsafeBuffer message, int number) {
        message.putLong(0, number);
        int at = HEADER_BYTES;
        for (; at <= message.capacity() - Long.BYTES; at += Long.BYTES) {
            message.putLong(at, (number + at) * FACTOR);
        }
        for (; at < message.capacity(); at++) {
            message.putByte(at, (byte) (number + at));
        }
        message.putLong(8, checksum(message));
    }

    /** Returns whether it is the message with a number, as it was filled. */
    static boolean isWhole(UnsafeBuffer message, int number) {
        return message.getLong(0) == number && message.getLong(8) == checksum(message);
    }

    /** Of the number, and of everything behind the checksum. */
    private static long checksum(UnsafeBuffer message) {
        long sum = message.getLong(0);
        int at = HEADER_BYTES;
        for (; at <= message.capacity() - Long.BYTES; at += Long.BYTES) {
            sum = sum * FACTOR + message.getLong(at);
        }
        for (; at < message.capacity(); at++) {
            sum = sum * FACTOR + message.getByte(at);
        }
        return sum;
    }
}
