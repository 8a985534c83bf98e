/**
 * An order book, over several ways to hold its orders: {@link io.slabcache.bench.demo.orders.Book} says what it does, {@link
 * io.slabcache.bench.demo.orders.Flow} where its events come from.
 */
package io.slabcache.bench.demo.orders;
