/** The command line: options, errors, progress, and the run of the main job. */
package io.slabcache.bench.cli;
