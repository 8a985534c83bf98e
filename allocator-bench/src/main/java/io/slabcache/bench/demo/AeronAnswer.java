package io.slabcache.bench.demo;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the second process of {@link AeronDemo} says at the end.
 *
 * @param whole messages that arrived in order and unchanged
 * @param received what it used
 */
record AeronAnswer(long whole, AeronUse received) {

    UnsafeBuffer write() {
        UnsafeBuffer answer = new UnsafeBuffer(new byte[4 * Long.BYTES]);
        answer.putLong(0, whole);
        answer.putLong(8, received.cached());
        answer.putLong(16, received.live());
        answer.putLong(24, received.heapBytes());
        return answer;
    }

    static AeronAnswer read(DirectBuffer buffer, int offset) {
        return new AeronAnswer(
                buffer.getLong(offset),
                new AeronUse(buffer.getLong(offset + 8), buffer.getLong(offset + 16), buffer.getLong(offset + 24)));
    }
}
