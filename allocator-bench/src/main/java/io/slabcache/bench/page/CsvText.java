package io.slabcache.bench.page;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.slabcache.bench.latency.CallRow;
import io.slabcache.bench.latency.LatencyResults;
import io.slabcache.bench.memory.MemoryResults;
import io.slabcache.bench.memory.MemoryRow;
import io.slabcache.bench.report.Interval;
import io.slabcache.bench.report.RawResults;
import io.slabcache.bench.report.Row;
import java.io.IOException;
import java.util.List;

/** The rows of the tables for spreadsheets: a line of headings, then a line a row, in full precision. */
final class CsvText {

    private static final CsvMapper MAPPER = new CsvMapper();

    /** A row of a comparison without nesting; what was not measured is empty. */
    record FlatRow(
            String workload,
            String subject,
            double medianNanos,
            double lowerQuartileNanos,
            double upperQuartileNanos,
            Double toLimit,
            Double toLimitLow,
            Double toLimitHigh,
            Double toSlabcache,
            Double toSlabcacheLow,
            Double toSlabcacheHigh,
            Double toPlain,
            double garbageBytes,
            String collector) {

        static FlatRow of(Row row) {
            Interval limit = row.toLimitInterval();
            Interval slabcache = row.toSlabcacheInterval();
            return new FlatRow(
                    row.workload(),
                    row.subject(),
                    row.nanoseconds().median(),
                    row.nanoseconds().lowerQuartile(),
                    row.nanoseconds().upperQuartile(),
                    row.toLimit(),
                    limit == null ? null : (Double) limit.low(),
                    limit == null ? null : (Double) limit.high(),
                    row.toSlabcache(),
                    slabcache == null ? null : (Double) slabcache.low(),
                    slabcache == null ? null : (Double) slabcache.high(),
                    row.toPlain(),
                    row.garbageBytes(),
                    row.collector());
        }
    }

    private CsvText() {}

    static String of(Object results) throws IOException {
        return switch (results) {
            case LatencyResults latency -> text(CallRow.class, latency.summary().calls());
            case MemoryResults memory -> text(MemoryRow.class, memory.summary());
            case RawResults comparison ->
                text(
                        FlatRow.class,
                        comparison.summary().stream().map(FlatRow::of).toList());
            default -> throw new IllegalArgumentException(results.getClass().getName());
        };
    }

    private static <T> String text(Class<T> type, List<T> rows) throws IOException {
        CsvSchema schema = MAPPER.schemaFor(type).withHeader();
        return MAPPER.writer(schema).writeValueAsString(rows);
    }
}
