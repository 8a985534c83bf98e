package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;

/** Parses numbers in properties. */
public final class Numbers {
    private Numbers() {}

    /**
     * Parses a whole number.
     *
     * @param text digits, with blanks around them allowed
     * @param what the number is, for the message
     * @param least smallest valid number
     * @param most largest valid number
     * @return the number
     * @throws IllegalArgumentException if the text is not a number in that range
     */
    public static long parse(String text, String what, long least, long most) {
        long number;
        try {
            number = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " is " + Log.quote(text) + ", which is not a 64-bit number", e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(what + " is " + number + ", not in " + least + " to " + most);
        }
        return number;
    }
}
