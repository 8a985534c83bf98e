/** The front door. */
package io.slabcache;
