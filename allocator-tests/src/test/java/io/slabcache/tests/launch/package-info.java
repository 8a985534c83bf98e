/** A user's program starts without JVM flags and without warnings. Read {@code LaunchTest} first. */
package io.slabcache.tests.launch;
