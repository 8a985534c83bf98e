package io.slabcache.bench.launch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The folders in which the installers and version managers of Linux, macOS and Windows put their JDKs. */
final class SearchFolders {

    /** Below the root of the file system, or of the drive. */
    private static final List<String> BELOW_ROOT = Arrays.asList(
            "usr/lib/jvm",
            "usr/lib64/jvm",
            "usr/java",
            "usr/local/java",
            "usr/local/openjdk",
            "opt",
            "opt/java",
            "opt/jdk",
            "opt/homebrew/opt",
            "usr/local/opt",
            "home/linuxbrew/.linuxbrew/opt",
            "Library/Java/JavaVirtualMachines",
            "Program Files/Java",
            "Program Files/Eclipse Adoptium",
            "Program Files/Amazon Corretto",
            "Program Files/BellSoft",
            "Program Files/Microsoft",
            "Program Files/Zulu");

    /** Below the user's home folder. */
    private static final List<String> BELOW_HOME = Arrays.asList(
            ".sdkman/candidates/java",
            ".jdks",
            ".gradle/jdks",
            ".jenv/versions",
            ".jabba/jdk",
            ".asdf/installs/java",
            ".local/share/mise/installs/java",
            "Library/Java/JavaVirtualMachines",
            "scoop/apps");

    /** Where the home is inside an installation: directly, in a macOS bundle, in a Homebrew or Scoop one. */
    private static final List<String> INSIDE =
            Arrays.asList("", "Contents/Home", "libexec", "libexec/openjdk.jdk/Contents/Home", "current");

    private final List<Path> folders = new ArrayList<>();

    SearchFolders(Path root, Path home) {
        for (String folder : BELOW_ROOT) {
            folders.add(root.resolve(folder));
        }
        for (String folder : BELOW_HOME) {
            folders.add(home.resolve(folder));
        }
    }

    static SearchFolders ofThisMachine() {
        String drive = System.getenv("SystemDrive");
        String root = drive == null ? "/" : drive + "\\";
        return new SearchFolders(Paths.get(root), Paths.get(System.getProperty("user.home")));
    }

    /** Returns every folder that may contain a JDK; most do not. */
    List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        for (Path folder : folders) {
            for (Path installed : children(folder)) {
                for (String inside : INSIDE) {
                    candidates.add(installed.resolve(inside));
                }
            }
        }
        return candidates;
    }

    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            } catch (IOException | InvalidPathException e) {
                return children; // a folder that cannot be read contains no JDK for us
            }
        }
        return children;
    }
}
