package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/**
 * The payloads of a capture, byte for byte, again and again. They have no number, so a parser expects each after the one before.
 * Where it finds another one, datagrams were lost: the next of those sent so far that has the same bytes counts.
 */
final class CapturedTraffic implements Traffic {

    private final Capture capture;
    private final ByteBuffer sending;

    CapturedTraffic(Capture capture) {
        this.capture = capture;
        this.sending = capture.view();
    }

    @Override
    public ByteBuffer datagram(long number) {
        capture.select(sending, index(number));
        return sending;
    }

    @Override
    public Parser parser() {
        return new Comparison();
    }

    private int index(long number) {
        return (int) (number % capture.size());
    }

    private final class Comparison implements Parser {
        private final ByteBuffer expected = capture.view();
        private long next;

        @Override
        public long parse(ByteBuffer datagram, long sent) {
            for (long number = next; number < sent; number++) {
                capture.select(expected, index(number));
                if (expected.remaining() == datagram.remaining() && expected.mismatch(datagram) < 0) {
                    next = number + 1;
                    return number;
                }
            }
            return -1;
        }
    }
}
