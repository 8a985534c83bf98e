package io.slabcache.tests.support;

import java.nio.file.Path;

/** Where the files of the project are that tests read. */
public final class Project {
    private Project() {}

    /** A path from the root of the project; Maven says where this module is, other runners start in it. */
    public static Path file(String path) {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("..", path)
                .normalize();
    }
}
