package io.slabcache.bench.demo.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slabcache.bench.demo.orders.TradeList.Trade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of events is read as it stands, or refused with the line that is wrong. */
class EventFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("events.csv"), text);
    }

    @Test
    void theEventsAreApplied() throws Exception {
        Flow flow = EventFile.read(file("""
                # two orders that trade
                insert,7,sell,100,5

                insert,-8,buy,65535,3
                cancel,7
                cancel,99
                """), 1);
        TradeList trades = new TradeList();
        try (Book book = new SlabBook(trades, flow.mostOrders())) {
            for (int i = 0; i < flow.size(); i++) {
                flow.apply(i, book);
            }
            assertEquals(0, book.resting());
        }
        assertEquals(List.of(new Trade(7, -8, 100, 3)), trades.trades);
        assertEquals(2, flow.mostOrders());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "->", textBlock = """
                    insert,2,buy,100          -> expected insert,ID,buy|sell,PRICE,QUANTITY or cancel,ID, was 'insert,2,buy,100'
                    modify,2                  -> expected insert,ID,buy|sell,PRICE,QUANTITY or cancel,ID, was 'modify,2'
                    cancel                    -> expected insert,ID,buy|sell,PRICE,QUANTITY or cancel,ID, was 'cancel'
                    insert,2,Buy,100,5        -> expected buy or sell, was 'Buy'
                    insert,2,buy,0,5          -> PRICE was '0', expected a whole number from 1 to 65535
                    insert,2,buy,65536,5      -> PRICE was '65536', expected a whole number from 1 to 65535
                    insert,2,buy,1.5,5        -> PRICE was '1.5', expected a whole number from 1 to 65535
                    insert,2,buy,100,-1       -> QUANTITY was '-1', expected a whole number from 1 to 2147483647
                    insert,x,buy,100,1        -> ID was 'x', expected a whole number
                    cancel,99999999999999999999 -> ID was '99999999999999999999', expected a whole number
                    insert,1,buy,100,1        -> order 1 is inserted a second time
                    """)
    void aLineThatIsWrongIsNamed(String line, String problem) throws Exception {
        Path file = file("insert,1,sell,100,5\n# comment\n" + line + "\ncancel,1\n");
        MalformedEventException e = assertThrows(MalformedEventException.class, () -> EventFile.read(file, 1));
        assertEquals("events.csv, line 3: " + problem, e.getMessage());
        assertEquals(3, e.line());
    }

    @Test
    void aFileWithoutEventsOrTextIsRefused() throws Exception {
        Path empty = file("# nothing\n");
        assertEquals(
                "events.csv, line 1: the file has no event",
                assertThrows(MalformedEventException.class, () -> EventFile.read(empty, 1))
                        .getMessage());
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, (byte) 0x28, 10});
        assertEquals(
                "binary, line 0: no text in UTF-8",
                assertThrows(MalformedEventException.class, () -> EventFile.read(binary, 1))
                        .getMessage());
    }
}
