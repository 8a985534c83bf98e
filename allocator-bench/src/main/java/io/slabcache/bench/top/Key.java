package io.slabcache.bench.top;

import java.io.IOException;

/**
 * A key that was pressed.
 *
 * @param kind what it is for
 * @param character of {@link Kind#CHARACTER}
 */
record Key(Kind kind, char character) {

    /** What a key is for. */
    enum Kind {
        CHARACTER,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        ENTER,
        BACKSPACE,
        ESCAPE,
        /** None was pressed. */
        NONE,
        /** The input has ended. */
        END
    }

    /** Reads one character; negative if there is none. */
    interface Source {
        /** Returned if no character came in time. */
        int EXPIRED = -2;

        int read(long millis) throws IOException;
    }

    private static final int ESC = 27;
    private static final int DELETE = 127;
    private static final int CONTROL_C = 3;
    private static final int CONTROL_D = 4;
    private static final int FIRST_PRINTABLE = 32;

    /** The rest of a key's sequence follows at once; after a lone Escape nothing does. */
    private static final long SEQUENCE_MILLIS = 50;

    static Key read(Source source, long millis) throws IOException {
        int first = source.read(millis);
        return switch (first) {
            case Source.EXPIRED -> of(Kind.NONE);
            case '\r', '\n' -> of(Kind.ENTER);
            case '\b', DELETE -> of(Kind.BACKSPACE);
            case CONTROL_C, CONTROL_D -> of(Kind.END);
            case ESC -> sequence(source);
            default -> first < 0 ? of(Kind.END) : first < FIRST_PRINTABLE ? of(Kind.NONE) : of((char) first);
        };
    }

    static Key of(Kind kind) {
        return new Key(kind, '\0');
    }

    static Key of(char character) {
        return new Key(Kind.CHARACTER, character);
    }

    /** Arrow keys send ESC [ A or ESC O A, and the page keys ESC [ 5 ~. */
    private static Key sequence(Source source) throws IOException {
        int second = source.read(SEQUENCE_MILLIS);
        if (second != '[' && second != 'O') {
            return of(Kind.ESCAPE);
        }
        int third = source.read(SEQUENCE_MILLIS);
        int last = third;
        while (last >= '0' && last <= '9' || last == ';') {
            last = source.read(SEQUENCE_MILLIS);
        }
        return of(
                switch (last) {
                    case 'A' -> Kind.UP;
                    case 'B' -> Kind.DOWN;
                    case 'C' -> Kind.RIGHT;
                    case 'D' -> Kind.LEFT;
                    case '~' -> third == '5' ? Kind.PAGE_UP : third == '6' ? Kind.PAGE_DOWN : Kind.NONE;
                    default -> Kind.NONE;
                });
    }
}
