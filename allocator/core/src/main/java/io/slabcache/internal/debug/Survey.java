package io.slabcache.internal.debug;

import java.util.List;

/**
 * The result of an inspection of every object.
 *
 * @param live objects handed out
 * @param quarantined objects in the quarantine
 * @param damages found; nothing is changed
 */
public record Survey(long live, long quarantined, List<Damage> damages) {}
