/** The edge to Agrona: its buffers, ring buffers, collections and agents on pooled memory. */
package io.slabcache.tests.agrona;
