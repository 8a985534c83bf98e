package io.slabcache.internal.util;

import java.lang.reflect.Field;

/** Access to private fields, to plant corruption and to hold internal locks. */
public final class Fields {
    private Fields() {}

    public static Object get(Object object, String name) throws ReflectiveOperationException {
        return field(object, name).get(object);
    }

    public static void set(Object object, String name, Object value) throws ReflectiveOperationException {
        field(object, name).set(object, value);
    }

    private static Field field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
