/** A receiver of UDP datagrams, over pools of buffers: {@link io.slabcache.bench.demo.packets.Exchange} has the threads. */
package io.slabcache.bench.demo.packets;
