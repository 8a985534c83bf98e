package io.slabcache.bench.top;

import io.slabcache.bench.attach.CacheFeed;
import io.slabcache.bench.attach.JvmProblem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The caches of a running JVM on the whole screen of a terminal, until the user quits. */
public final class TopScreen implements AutoCloseable {

    /** So often the screen is looked at for a new size, and the figures for new ones. */
    private static final long KEY_MILLIS = 200;

    private static final int HEADING_LINE = 2;

    // Of a terminal that does not know its size.
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final Terminal terminal;
    private final boolean isStyled;

    private TopScreen(Terminal terminal, boolean isStyled) {
        this.terminal = terminal;
        this.isStyled = isStyled;
    }

    /** Returns whether a terminal is there that can show a whole screen; TERM=dumb cannot. */
    public static boolean isPossible(Map<String, String> environment) {
        return System.console() != null
                && System.console().isTerminal()
                && !environment.getOrDefault("TERM", "").equals(Terminal.TYPE_DUMB);
    }

    /** Takes over the terminal. NO_COLOR turns all styles off. */
    public static TopScreen open(Map<String, String> environment) throws IOException {
        boolean isStyled = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TopScreen(
                TerminalBuilder.builder()
                        .system(true)
                        .dumb(true)
                        .nativeSignals(true)
                        .build(),
                isStyled);
    }

    /** Returns whether the terminal turned out to be able. */
    public boolean isAble() {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
                && terminal.getStringCapability(Capability.cursor_address) != null;
    }

    /** Shows the caches until the user quits, or the JVM ends. */
    public void run(CacheFeed feed, String jvm, Duration interval) throws IOException, JvmProblem {
        TopState state = new TopState(jvm, interval);
        Attributes before = terminal.enterRawMode();
        terminal.puts(Capability.enter_ca_mode);
        // The display begins at the upper left corner.
        terminal.puts(Capability.clear_screen);
        terminal.puts(Capability.keypad_xmit);
        terminal.puts(Capability.cursor_invisible);
        try {
            Display display = new Display(terminal, true);
            Key key;
            do {
                feed.requireAlive();
                state.show(feed.caches());
                draw(display, state);
                key = Key.read(millis -> terminal.reader().read(millis), KEY_MILLIS);
            } while (react(state, key, feed));
        } finally {
            terminal.puts(Capability.cursor_visible);
            terminal.puts(Capability.keypad_local);
            terminal.puts(Capability.exit_ca_mode);
            terminal.setAttributes(before);
            terminal.flush();
        }
    }

    private static boolean react(TopState state, Key key, CacheFeed feed) throws JvmProblem {
        Duration interval = state.interval();
        boolean isDetail = state.isDetail();
        boolean goesOn = state.press(key);
        if (state.isDetail() != isDetail || !state.interval().equals(interval)) {
            feed.change(state.interval(), state.isDetail());
        }
        return goesOn;
    }

    private void draw(Display display, TopState state) {
        int columns = terminal.getColumns() > 0 ? terminal.getColumns() : USUAL_COLUMNS;
        int rows = terminal.getRows() > 0 ? terminal.getRows() : USUAL_ROWS;
        display.resize(Size.of(columns, rows));
        List<String> lines = state.lines(columns, rows);
        display.update(
                IntStream.range(0, lines.size())
                        .mapToObj(i -> styled(lines.get(i), i == HEADING_LINE && !state.isDetail(), columns))
                        .toList(),
                0);
    }

    private AttributedString styled(String line, boolean isHeading, int columns) {
        boolean isMarked = line.startsWith(">");
        AttributedStyle style = !isStyled
                ? AttributedStyle.DEFAULT
                : isMarked ? AttributedStyle.INVERSE : isHeading ? AttributedStyle.BOLD : AttributedStyle.DEFAULT;
        return new AttributedString(line, style).columnSubSequence(0, columns);
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
