package io.slabcache.bench.launch;

import java.util.Optional;

/**
 * Starts the program in a JVM of its own: on this Java if it is new enough, else on the best one that is installed. It
 * always starts a second JVM, because the options that the peers need exist only on the command line, and because the
 * forks inherit that command line.
 */
public final class Main {

    private static final int EXIT_NO_JAVA = 2;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        JavaHome current = JavaHome.current();
        Optional<JavaHome> home = current.version().isEnough()
                ? Optional.of(current)
                : new JavaFinder(System.getenv(), SearchFolders.ofThisMachine()).find();
        if (!home.isPresent()) {
            System.err.println("allocator-bench: needs Java " + JavaVersion.NEEDED + " or newer; this is Java "
                    + current.version() + ", and no other was found. Install a JDK, for instance from"
                    + " https://adoptium.net, and set JAVA_HOME to its folder.");
            System.exit(EXIT_NO_JAVA);
        }
        if (home.get() != current) {
            System.err.println("allocator-bench: this is Java " + current.version() + "; running on Java "
                    + home.get().version() + " in " + home.get());
        }
        System.exit(new Program(home.get(), home.get() == current).run(arguments));
    }
}
