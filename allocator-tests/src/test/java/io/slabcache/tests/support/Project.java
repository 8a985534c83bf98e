package io.slabcache.tests.support;

import java.nio.file.Path;

/** Locates the project's files that tests read. */
public final class Project {
    private Project() {}

    /** Returns a path below the root of the project. Maven passes the folder of this module; other runners start in it. */
    public static Path file(String path) {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("..", path)
                .normalize();
    }
}
