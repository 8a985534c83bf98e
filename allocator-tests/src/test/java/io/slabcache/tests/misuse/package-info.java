/**
 * Frees and memory sources that break the contract: each is refused, reported once and has no other effect. Read {@code
 * MisuseContract} first, then {@code InvalidFreeTest}.
 */
package io.slabcache.tests.misuse;
