package io.slabcache.internal.config;

/** Whether each cache is to have a bean, by the property {@link Property#JMX}. */
public final class JmxProperty {
    private JmxProperty() {}

    /** {@return whether the property asks for beans} */
    public static boolean isOn() {
        return Property.JMX.read(JmxProperty::parse, false, false, "caches have no beans");
    }

    private static boolean parse(String value) {
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        if (value.equalsIgnoreCase("false") || Property.isOff(value)) {
            return false;
        }
        throw new IllegalArgumentException("neither true nor false");
    }
}
