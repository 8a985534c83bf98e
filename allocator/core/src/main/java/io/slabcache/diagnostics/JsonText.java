package io.slabcache.diagnostics;

/** Writes one JSON object, RFC 8259, member by member. Every character outside ASCII is escaped, so any charset will do. */
final class JsonText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private final StringBuilder text = new StringBuilder("{");

    JsonText add(String name, String value) {
        quote(value, begin(name));
        return this;
    }

    JsonText add(String name, long value) {
        begin(name).append(value);
        return this;
    }

    JsonText add(String name, JsonText value) {
        begin(name).append(value);
        return this;
    }

    /** Adds a number without a bound as {@code null}, because many readers would round it to another number. */
    JsonText addBound(String name, long value) {
        if (value == Long.MAX_VALUE) {
            begin(name).append("null");
            return this;
        }
        return add(name, value);
    }

    private StringBuilder begin(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return quote(name, text).append(':');
    }

    private static StringBuilder quote(String value, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
                to.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    to.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                to.append(c);
            }
        }
        return to.append('"');
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
