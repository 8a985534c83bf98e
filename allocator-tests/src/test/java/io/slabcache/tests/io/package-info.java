/** Objects as buffers of the JDK's asynchronous channels. The only file is {@code PendingWriteTest}. */
package io.slabcache.tests.io;
