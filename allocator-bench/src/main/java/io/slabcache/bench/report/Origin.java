package io.slabcache.bench.report;

import java.util.List;

/**
 * The circumstances of a run.
 *
 * @param date when it began, with the offset of its time zone
 * @param seconds how long it took
 * @param command what started it
 * @param jvm the program that ran the forks
 * @param jvmArguments the arguments of each fork, before those that its subject adds
 * @param machine what it ran on
 */
public record Origin(
        String date, long seconds, String command, String jvm, List<String> jvmArguments, Machine machine) {}
