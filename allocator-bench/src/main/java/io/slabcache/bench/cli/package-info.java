/** The command line: options, errors, progress, and the run of the main job. Read {@code CompareCommand} first. */
package io.slabcache.bench.cli;
