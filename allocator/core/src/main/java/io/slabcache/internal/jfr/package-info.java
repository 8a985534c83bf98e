/**
 * Events for the flight recorder. Read {@code RecorderListener} first. Only {@code FlightRecording} may be used where the
 * module {@code jdk.jfr} is missing.
 */
@NullMarked
package io.slabcache.internal.jfr;

import org.jspecify.annotations.NullMarked;
