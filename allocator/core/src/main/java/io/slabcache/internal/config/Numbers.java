package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;

/** Reads numbers in properties. */
public final class Numbers {
    private Numbers() {}

    /**
     * A whole number.
     *
     * @param text digits, and blanks around them
     * @param what the number is, for the message
     * @param least that is allowed
     * @param most that is allowed
     * @return the number
     * @throws IllegalArgumentException if it is none, or outside that range
     */
    public static long parse(String text, String what, long least, long most) {
        long number;
        try {
            number = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is " + Log.quote(text) + ", which is no number of 64 bits", e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(what + " is " + number + ", not in " + least + " to " + most);
        }
        return number;
    }
}
