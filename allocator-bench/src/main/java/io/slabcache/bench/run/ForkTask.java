package io.slabcache.bench.run;

import java.util.List;

/** What a JVM of its own is started for; a record that Jackson writes and reads. */
public interface ForkTask {

    /** Returns the subject's id. */
    String subject();

    /** Returns the round, from 1. */
    int round();

    /** Returns arguments for the JVM, before those of this JVM. */
    List<String> jvmArguments();

    /** Returns after how long the task has failed. */
    long timeoutSeconds();
}
