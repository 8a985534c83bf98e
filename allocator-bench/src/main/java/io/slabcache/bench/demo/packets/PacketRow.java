package io.slabcache.bench.demo.packets;

import io.slabcache.bench.demo.RoundRatio;
import io.slabcache.bench.latency.Times;
import io.slabcache.bench.report.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * All rounds of a subject.
 *
 * @param subject the subject's id
 * @param rate datagrams per second, the median of the rounds
 * @param ratio of the rate to that of slabcache in the same round; {@code null} without such a round
 * @param cpuNanos per datagram, the median of the rounds
 * @param garbage heap bytes per datagram, the median of the rounds
 * @param calls times of the pool's calls of all rounds
 * @param collections of all rounds
 * @param lost datagrams of all rounds
 */
record PacketRow(
        String subject,
        double rate,
        RoundRatio ratio,
        double cpuNanos,
        double garbage,
        Histogram calls,
        long collections,
        long lost) {

    /** Returns a row for each subject that was measured. */
    static List<PacketRow> of(List<PacketMeasurement> measurements) {
        Map<Integer, Double> ours = rates(of(measurements, PacketSubject.SLABCACHE));
        List<PacketRow> rows = new ArrayList<>();
        for (PacketSubject subject : PacketSubject.values()) {
            List<PacketMeasurement> rounds = of(measurements, subject);
            if (!rounds.isEmpty()) {
                rows.add(of(subject, rounds, ours));
            }
        }
        return rows;
    }

    private static List<PacketMeasurement> of(List<PacketMeasurement> measurements, PacketSubject subject) {
        return measurements.stream()
                .filter(measurement -> measurement.subject().equals(subject.id()))
                .toList();
    }

    private static PacketRow of(PacketSubject subject, List<PacketMeasurement> rounds, Map<Integer, Double> ours) {
        Map<Integer, Double> rates = rates(rounds);
        Histogram calls = new Times().histogram();
        rounds.forEach(round -> calls.add(Times.decode(round.calls())));
        return new PacketRow(
                subject.id(),
                Spread.median(rates.values()),
                rates.keySet().stream().anyMatch(ours::containsKey) ? RoundRatio.of(rates, ours) : null,
                median(rounds, PacketMeasurement::cpuNanos),
                median(rounds, PacketMeasurement::garbage),
                calls,
                rounds.stream().mapToLong(PacketMeasurement::collections).sum(),
                rounds.stream()
                        .mapToLong(round -> round.sent() - round.received())
                        .sum());
    }

    private static double median(List<PacketMeasurement> rounds, ToLongFunction<PacketMeasurement> figure) {
        return Spread.median(rounds.stream()
                .map(round -> (double) figure.applyAsLong(round) / Math.max(1, round.received()))
                .toList());
    }

    private static Map<Integer, Double> rates(List<PacketMeasurement> rounds) {
        Map<Integer, Double> rates = new HashMap<>();
        rounds.forEach(round -> rates.put(round.round(), round.rate()));
        return rates;
    }
}
