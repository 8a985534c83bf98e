package io.slabcache.internal.debug;

import java.util.List;

/**
 * The result of a look at every object.
 *
 * @param live objects handed out
 * @param quarantined objects that wait
 * @param damages what is wrong; nothing was changed
 */
public record Survey(long live, long quarantined, List<Damage> damages) {}
