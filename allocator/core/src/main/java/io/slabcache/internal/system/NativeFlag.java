package io.slabcache.internal.system;

import org.jspecify.annotations.Nullable;

/** The flag of the JVM that allows this library to call restricted methods. */
public final class NativeFlag {
    private NativeFlag() {}

    /** {@return the flag as it has to be given, for a library on the module path or on the class path} */
    public static String name() {
        Module module = NativeFlag.class.getModule();
        return "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
    }

    /**
     * Makes the exception for a feature that the JVM does not allow.
     *
     * @param need the feature and the restricted method, such as "leased segments need …"
     * @param instead what works without the flag
     * @param cause the JVM's refusal
     * @return an exception that names the flag
     */
    public static IllegalCallerException refused(String need, String instead, @Nullable IllegalCallerException cause) {
        return new IllegalCallerException(
                need + ", which this JVM denies to the library; start it with " + name() + ", or use " + instead,
                cause);
    }
}
