package io.slabcache.bench.demo.packets;

import java.nio.ByteBuffer;

/** The datagrams that are sent, and how the receiver tells that it got them. */
interface Traffic {

    /** Returns a datagram, ready to be sent, of at least 2 bytes. The next call may return the same buffer. For one thread. */
    ByteBuffer datagram(long number);

    /** Returns a parser for one exchange, which begins with datagram 0. */
    Parser parser();

    /** Reads what is received, in one thread. */
    interface Parser {

        /**
         * Reads all of a datagram, from its position to its limit.
         *
         * @param sent how many datagrams were sent so far, or more
         * @return its number if it is as it was sent, else -1
         */
        long parse(ByteBuffer datagram, long sent);
    }
}
