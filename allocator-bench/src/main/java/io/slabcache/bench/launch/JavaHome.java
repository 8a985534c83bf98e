package io.slabcache.bench.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;
import java.util.Properties;

/** A folder in which a Java is installed. */
final class JavaHome {

    private final Path folder;
    private final Path program;
    private final JavaVersion version;

    private JavaHome(Path folder, Path program, JavaVersion version) {
        this.folder = folder;
        this.program = program;
        this.version = version;
    }

    /** Returns the Java that runs this program. */
    static JavaHome current() {
        Path folder = Paths.get(System.getProperty("java.home"));
        return new JavaHome(folder, folder.resolve("bin").resolve("java"), JavaVersion.current());
    }

    /** Reads the version from the file that every JDK since 7 has; starts no process. */
    static Optional<JavaHome> at(Path folder) {
        Optional<Path> program = program(folder);
        if (!program.isPresent()) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("release"))) {
            release.load(in);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return Optional.of(new JavaHome(folder, program.get(), JavaVersion.of(version)));
    }

    private static Optional<Path> program(Path folder) {
        for (String name : new String[] {"java", "java.exe"}) {
            Path program = folder.resolve("bin").resolve(name);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    Path program() {
        return program;
    }

    JavaVersion version() {
        return version;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
