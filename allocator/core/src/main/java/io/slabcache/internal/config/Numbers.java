package io.slabcache.internal.config;

import io.slabcache.internal.util.Log;

/** Parses numbers in properties. */
public final class Numbers {
    /** Of bytes: 2^10, 2^20, 2^30. */
    private static final String UNITS = "kmg";

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

    /**
     * Parses a number of bytes.
     *
     * @param text digits, perhaps followed by {@code k}, {@code m} or {@code g} in either case
     * @param what the number is, for the message
     * @param least smallest valid number
     * @return bytes
     * @throws IllegalArgumentException if the text is not a number of bytes, is smaller, or does not fit into 63 bits
     */
    static long parseBytes(String text, String what, long least) {
        String stripped = text.strip();
        int last = stripped.length() - 1;
        int unit = last < 0 ? -1 : UNITS.indexOf(Character.toLowerCase(stripped.charAt(last)));
        int shift = unit < 0 ? 0 : 10 * (unit + 1);
        String digits = unit < 0 ? stripped : stripped.substring(0, last);
        return parse(digits, what, (least + (1L << shift) - 1) >> shift, Long.MAX_VALUE >> shift) << shift;
    }
}
