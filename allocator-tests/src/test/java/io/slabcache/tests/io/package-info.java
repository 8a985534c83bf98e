/** Objects as buffers of the JDK's channels, also while an operation is pending. */
package io.slabcache.tests.io;
