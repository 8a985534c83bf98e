package io.slabcache.bench.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slabcache.bench.attach.CacheSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys sort, filter and open caches, and every screen fits. */
class TopStateTest {
    private final TopState state = new TopState("4711 com.example.Orders", Duration.ofSeconds(1));

    @BeforeEach
    void show() {
        state.show(Samples.three());
    }

    private List<String> screen() {
        state.show(Samples.three());
        return state.lines(80, 24);
    }

    /** The numbers of the caches, from the top. */
    private String order() {
        StringBuilder order = new StringBuilder();
        for (String line : screen().subList(3, 23)) {
            if (!line.isBlank()) {
                order.append(line.substring(1).strip().split(" ")[0]);
            }
        }
        return order.toString();
    }

    private void press(String letters) {
        for (char letter : letters.toCharArray()) {
            assertTrue(state.press(Key.of(letter)));
            state.show(Samples.three());
        }
    }

    private void press(Key.Kind kind) {
        assertTrue(state.press(Key.of(kind)));
        state.show(Samples.three());
    }

    @Test
    void theCacheWithTheMostMemoryIsFirst() {
        assertEquals("132", order());
        assertTrue(screen().get(2).contains("*MEMORY"), screen().get(2));
        assertTrue(screen().get(3).startsWith(">"), screen().get(3));
        assertTrue(screen().get(1).startsWith("3 of 3 caches  73.0M"), screen().get(1));
    }

    @Test
    void everyColumnSorts() {
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < Column.values().length; i++) {
            orders.add(order());
            press(Key.Kind.RIGHT);
        }
        assertEquals("132", order());
        assertTrue(orders.contains("321"), orders::toString);
        assertTrue(orders.contains("231"), orders::toString);
        press("r");
        assertEquals("231", order());
        press(Key.Kind.LEFT);
        assertEquals("*TOTAL", screen().get(2).strip().split(" +")[4]);
    }

    @Test
    void aFilterHidesOtherCaches() {
        press("/FRA");
        assertEquals("3", order());
        assertTrue(screen().get(1).contains("filter: FRA_"), screen().get(1));
        press(Key.Kind.BACKSPACE);
        press(Key.Kind.BACKSPACE);
        press("*");
        assertEquals("", order());
        press(Key.Kind.ENTER);
        press(Key.Kind.ENTER);
        assertEquals("", order());
        press(Key.Kind.ESCAPE);
        assertEquals("132", order());
        press("/\", *");
        assertEquals("2", order());
    }

    @Test
    void lettersOfAFilterAreNoCommands() {
        press("/qr");
        assertTrue(screen().get(1).contains("filter: qr_"), screen().get(1));
        press(Key.Kind.ENTER);
        assertFalse(state.press(Key.of('q')));
    }

    @Test
    void theSelectionStaysOnItsCache() {
        press("j");
        press("r");
        assertEquals("231", order());
        assertTrue(screen().get(4).startsWith(">   3"), screen().get(4));
        press(Key.Kind.DOWN);
        press(Key.Kind.DOWN);
        assertTrue(screen().get(5).startsWith(">   1"), screen().get(5));
        press(Key.Kind.PAGE_UP);
        assertTrue(screen().get(3).startsWith(">   2"), screen().get(3));
    }

    @Test
    void oneKeyShowsAllOfACache() {
        press(Key.Kind.DOWN);
        press(Key.Kind.ENTER);
        List<String> lines = screen();
        assertEquals("Cache 'Frames' (#3)", lines.getFirst());
        String text = String.join("\n", lines).replaceAll(" +", " ");
        assertTrue(text.contains("liveObjects 7000"), text);
        assertTrue(text.contains("maxObjects unbounded"), text);
        assertTrue(text.contains("refill 3 255ns 400ns 400ns"), text);
        assertTrue(text.contains("< 256ns 2 ##############################"), text);
        assertTrue(text.contains("200 worker?1 (#40)"), text);
        assertTrue(text.contains("Live: 2 objects allocated\n at Orders.take(Orders.java:7)"), text);
        press(Key.Kind.PAGE_DOWN);
        press(Key.Kind.ESCAPE);
        assertEquals("132", order());
    }

    @Test
    void aCacheThatIsClosedWhileItIsShownSaysSo() {
        press(Key.Kind.ENTER);
        state.show(List.of());
        assertEquals(
                "Cache #1 is closed, or the filter hides it",
                state.lines(80, 24).getFirst());
        press(Key.Kind.ENTER);
        state.show(List.of());
        assertTrue(state.lines(80, 24).get(1).startsWith("0 of 0 caches"));
    }

    @Test
    void theIntervalIsChosenByKeys() {
        press("++");
        assertEquals(Duration.ofSeconds(5), state.interval());
        press("-----");
        assertEquals(Duration.ofSeconds(1), state.interval());
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "200, 50", "40, 10", "20, 5", "5, 3", "1, 1", "80, 2"})
    void everyScreenFits(int width, int height) {
        List<CacheSample> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(Samples.cache(i, "cache " + "x".repeat(i), 1L << i % 50, Long.MAX_VALUE, Long.MAX_VALUE));
        }
        for (Key key : List.of(Key.of('j'), Key.of(Key.Kind.PAGE_DOWN), Key.of(Key.Kind.ENTER), Key.of('j'))) {
            state.show(many);
            List<String> lines = state.lines(width, height);
            assertTrue(lines.size() <= height, () -> lines.size() + " lines");
            lines.forEach(line -> assertTrue(line.length() <= width, line));
            state.press(key);
        }
    }

    @Test
    void noControlCharacterReachesTheTerminal() {
        press("/odd");
        press(Key.Kind.ENTER);
        String table = String.join("", screen());
        press(Key.Kind.ENTER);
        String detail = String.join("", screen());
        assertTrue((table + detail).chars().noneMatch(Character::isISOControl), table + detail);
        assertTrue(detail.contains("odd \"name\", * ?[31m?"), detail);
    }

    @Test
    void eightyColumnsHaveTheMainFigures() {
        assertEquals(
                List.of("ID", "SIZE", "LIVE", "CACHED", "TOTAL", "*MEMORY", "ALLOC/s", "FREE/s", "HIT%", "NAME"),
                List.of(screen().get(2).strip().split(" +")));
        assertTrue(screen().get(3).endsWith("99.0 orders"), screen().get(3));
    }
}
