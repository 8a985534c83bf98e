/**
 * Beans for JMX. Read {@code CacheBeans} first. Nothing here runs unless the program, or a property, asks for beans.
 */
@NullMarked
package io.slabcache.internal.jmx;

import org.jspecify.annotations.NullMarked;
