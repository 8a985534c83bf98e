package io.slabcache.bench.attach;

/** Why a JVM cannot be watched. The message is for the user: what is wrong, and what to do. */
public final class JvmProblem extends Exception {

    private static final long serialVersionUID = 1;

    public JvmProblem(String message) {
        super(message);
    }

    public JvmProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
