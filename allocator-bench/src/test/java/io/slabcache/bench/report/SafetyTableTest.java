package io.slabcache.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slabcache.bench.catalog.Benchmarks;
import io.slabcache.bench.catalog.SubjectInfo;
import io.slabcache.bench.workload.Subject.Group;
import io.slabcache.bench.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of the cost of safety lists the safer forms below their plain form, with the ratio of their times. */
class SafetyTableTest {

    private static final List<SubjectInfo> SUBJECTS = List.of(
            subject("slabcache-checked", Group.SLABCACHE, "slabcache-unchecked"),
            subject("netty", Group.PEER, ""),
            subject("agrona", Group.PEER, ""),
            subject("slabcache-unchecked", Group.SAFETY, ""),
            subject("netty-simple", Group.SAFETY, "netty"),
            subject("netty-paranoid", Group.SAFETY, "netty"),
            subject("slabcache-debug", Group.SAFETY, "slabcache-unchecked"));

    @Test
    void showsUnderEachPlainFormItsSaferOnes() {
        assertEquals(
                List.of(
                        "cost of safety pair handover",
                        "ns/op x plain garbage B ns/op x plain garbage B",
                        "  slabcache-unchecked 2.00 1.00 0 10.00 1.00 0",
                        "    slabcache-checked 4.00 2.00 0 - - -",
                        "    slabcache-debug 900 450 8.0 - - -",
                        "  netty - - - - - -",
                        "    netty-paranoid - - - 5000 - 99.0"),
                lines(
                        row("pair", "agrona", 9, null, 0),
                        row("pair", "slabcache-checked", 4, 2.0, 0),
                        row("pair", "slabcache-debug", 900, 450.0, 8),
                        row("pair", "slabcache-unchecked", 2, null, 0),
                        row("handover", "slabcache-unchecked", 10, null, 0),
                        row("handover", "netty-paranoid", 5_000, null, 99)));
    }

    @Test
    void isNotShownWhereThereIsNothingToCompare() {
        Row checked = row("pair", "slabcache-checked", 4, null, 0);
        Row elsewhere = row("batch64", "slabcache-unchecked", 2, null, 0);
        assertEquals("", new SafetyTable(List.of(checked, elsewhere)).render(SUBJECTS));
    }

    /** The rows, with their indentation. */
    private static List<String> lines(Row... rows) {
        return new SafetyTable(List.of(rows))
                .render(SUBJECTS)
                .lines()
                .map(line -> line.replaceAll("(?<=\\S) +", " "))
                .map(line -> line.matches(" {5,}.*") ? line.strip() : line)
                .map(line -> line.startsWith("  cost") ? line.strip() : line)
                .limit(7)
                .toList();
    }

    private static Row row(String workload, String subject, double nanoseconds, Double toPlain, double garbage) {
        return new Row(
                workload,
                subject,
                new Spread(nanoseconds, nanoseconds, nanoseconds),
                null,
                null,
                null,
                null,
                toPlain,
                garbage);
    }

    private static SubjectInfo subject(String id, Group group, String plainForm) {
        return Benchmarks.of(Workload.PAIR, id, group, plainForm).subject();
    }
}
