package io.slabcache.bench.demo.orders;

import io.slabcache.bench.demo.RoundRatio;
import io.slabcache.bench.latency.Times;
import io.slabcache.bench.report.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * All rounds of a subject.
 *
 * @param subject the subject's id
 * @param rate events per second, the median of the rounds
 * @param ratio of the rate to that of slabcache in the same round; {@code null} without such a round
 * @param garbage heap bytes per event, the median of the rounds
 * @param times of single events of all rounds
 * @param collections of all rounds
 * @param pauseMillis of all rounds
 */
record OrderRow(
        String subject,
        double rate,
        RoundRatio ratio,
        double garbage,
        Histogram times,
        long collections,
        long pauseMillis) {

    /** Returns a row for each subject that was measured. */
    static List<OrderRow> of(List<OrderMeasurement> measurements) {
        Map<Integer, Double> ours = rates(of(measurements, OrderSubject.SLABCACHE));
        List<OrderRow> rows = new ArrayList<>();
        for (OrderSubject subject : OrderSubject.values()) {
            List<OrderMeasurement> rounds = of(measurements, subject);
            if (!rounds.isEmpty()) {
                rows.add(of(subject, rounds, ours));
            }
        }
        return rows;
    }

    private static List<OrderMeasurement> of(List<OrderMeasurement> measurements, OrderSubject subject) {
        return measurements.stream()
                .filter(measurement -> measurement.subject().equals(subject.id()))
                .toList();
    }

    private static OrderRow of(OrderSubject subject, List<OrderMeasurement> rounds, Map<Integer, Double> ours) {
        Map<Integer, Double> rates = rates(rounds);
        Histogram times = new Times().histogram();
        rounds.forEach(round -> times.add(Times.decode(round.times())));
        return new OrderRow(
                subject.id(),
                Spread.median(rates.values()),
                rates.keySet().stream().anyMatch(ours::containsKey) ? RoundRatio.of(rates, ours) : null,
                Spread.median(rounds.stream()
                        .map(round -> (double) round.garbage() / round.events())
                        .toList()),
                times,
                rounds.stream().mapToLong(OrderMeasurement::collections).sum(),
                rounds.stream().mapToLong(OrderMeasurement::pauseMillis).sum());
    }

    private static Map<Integer, Double> rates(List<OrderMeasurement> rounds) {
        Map<Integer, Double> rates = new HashMap<>();
        rounds.forEach(round -> rates.put(round.round(), round.rate()));
        return rates;
    }
}
