/**
 * Handles with generations, and leases, with the known-bad variants that their checks catch. Read {@code
 * GenerationTest} first for handles and {@code LeaseRules} for leases.
 */
package io.slabcache.tests.handles;
