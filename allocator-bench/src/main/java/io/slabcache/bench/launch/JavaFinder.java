package io.slabcache.bench.launch;

import java.nio.file.InvalidPathException;
import java.nio.file.Paths;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Finds a Java that is new enough. */
final class JavaFinder {

    private final Map<String, String> environment;
    private final SearchFolders folders;

    JavaFinder(Map<String, String> environment, SearchFolders folders) {
        this.environment = environment;
        this.folders = folders;
    }

    /** Returns JAVA_HOME if it is new enough, because the user chose it; otherwise the newest that is installed. */
    Optional<JavaHome> find() {
        Optional<JavaHome> chosen =
                at(environment.get("JAVA_HOME")).filter(home -> home.version().isEnough());
        return chosen.isPresent() ? chosen : newest();
    }

    private Optional<JavaHome> newest() {
        return folders.candidates().stream()
                .map(JavaHome::at)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .filter(home -> home.version().isEnough())
                .max(Comparator.comparing(JavaHome::version));
    }

    private static Optional<JavaHome> at(String folder) {
        try {
            return folder == null || folder.isEmpty() ? Optional.<JavaHome>empty() : JavaHome.at(Paths.get(folder));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
