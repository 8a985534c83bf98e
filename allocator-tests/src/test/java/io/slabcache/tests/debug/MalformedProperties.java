package io.slabcache.tests.debug;

import io.slabcache.SlabCache;
import io.slabcache.diagnostics.Debug;
import io.slabcache.tests.support.LogCapture;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program that sets a property to random values. Each cache must be built and work; a valid value gives no warning,
 * and an invalid one exactly one, which names the property and the value.
 */
final class MalformedProperties {
    private static final long SEED = Long.getLong("slabcache-test.seed", 20261128);
    private static final int VALUES = 150;

    /** Numbers at and beyond the ends of ranges, up to one that does not fit into 64 signed bits. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "2",
            "64",
            "-1",
            "5",
            "31536000",
            "31536001",
            "10000000000",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551615",
            "1e3",
            "0.5",
            "NaN",
            "",
            " 7 ");

    /** The values that each property accepts, written a second time. */
    private enum Subject {
        DEBUG("slabcache.debug", MalformedProperties::isDebug, "F", "z", "U", "packets", "Q", "-", ",", ";", "*", "?"),
        FAULTS(
                "slabcache.debug.faults",
                MalformedProperties::isFaults,
                "rate=",
                "rate=0.5",
                "interval=3",
                "interval=",
                "after=1",
                ",",
                ",",
                ",seed=",
                "="),
        GUARD("slabcache.guard", MalformedProperties::isGuard, "1/", "off", "/", "sometimes"),
        LEAKS("slabcache.leaks", MalformedProperties::isLeaks, "1/", "off", "paranoid", "Paranoid", ",", "always"),
        MAX_BYTES("slabcache.maxBytes", MalformedProperties::isMaxBytes, "5", "1024", "k", "m", "G", "mb", "1m", "-");

        final String key;
        final Predicate<String> good;
        final List<String> tokens;

        Subject(String key, Predicate<String> good, String... tokens) {
            this.key = key;
            this.good = good;
            this.tokens = Arrays.asList(tokens);
        }

        String value(RandomGenerator random) {
            return random.ints(1 + random.nextInt(4), 0, 3)
                    .mapToObj(kind -> kind == 0 && this != DEBUG ? any(NUMBERS, random) : any(tokens, random))
                    .collect(Collectors.joining());
        }

        private static String any(List<String> all, RandomGenerator random) {
            return random.nextInt(40) == 0 ? "\n\u0000%s{0}é\uD800" : all.get(random.nextInt(all.size()));
        }
    }

    private static boolean isNumber(String text, long least, long most) {
        try {
            return Long.parseLong(text.strip()) >= least && Long.parseLong(text.strip()) <= most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double probability(String text) {
        try {
            double number = Double.parseDouble(text);
            return number >= 0 && number <= 1 ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static boolean isRate(String text) {
        return isNumber(text.strip().replaceFirst("^1/", ""), 1, Long.MAX_VALUE);
    }

    private static boolean isGuard(String value) {
        return value.isBlank() || value.strip().equalsIgnoreCase("off") || isRate(value);
    }

    private static boolean isLeaks(String value) {
        String[] parts = value.strip().split(",", 2);
        String how = parts[0].strip();
        return value.strip().equalsIgnoreCase("off")
                || (how.isEmpty() || how.equalsIgnoreCase("paranoid") || isRate(how))
                        && (parts.length == 1 || isNumber(parts[1], 0, 31_536_000));
    }

    private static boolean isMaxBytes(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        int unit = text.isEmpty() ? -1 : "kmg".indexOf(text.charAt(text.length() - 1));
        long scale = unit < 0 ? 1 : 1L << 10 * (unit + 1);
        String number = unit < 0 ? text : text.substring(0, text.length() - 1);
        return isNumber(number, ((1 << 20) + scale - 1) / scale, Long.MAX_VALUE / scale);
    }

    private static boolean isDebug(String value) {
        return Arrays.stream(value.split(";", -1)).allMatch(block -> {
            List<String> parts =
                    Arrays.stream(block.split(",", -1)).map(String::strip).toList();
            return parts.getFirst().matches("(?i)[FZPUTA]*|-")
                    && parts.stream().skip(1).noneMatch(String::isEmpty);
        });
    }

    private static boolean isFaults(String value) {
        Set<String> names = new HashSet<>();
        double rate = 0;
        long interval = 0;
        for (String part : value.strip().split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            boolean isGood = pair.length == 2 && names.add(pair[0].strip());
            if (!isGood) {
                return false;
            }
            String number = pair[1].strip();
            switch (pair[0].strip()) {
                case "rate" -> {
                    rate = probability(number);
                    if (Double.isNaN(rate)) {
                        return false;
                    }
                }
                case "interval" -> {
                    if (!isNumber(pair[1], 0, Long.MAX_VALUE)) {
                        return false;
                    }
                    interval = Long.parseLong(number);
                }
                case "after", "seed" -> {
                    if (!isNumber(pair[1], pair[0].equals("seed") ? Long.MIN_VALUE : 0, Long.MAX_VALUE)) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        boolean isRated = names.contains("rate");
        boolean isTimed = names.contains("interval") ? interval > 0 : !isRated;
        return rate > 0 != isTimed;
    }

    private MalformedProperties() {}

    /** Tries many values of the property that the argument names; throws at the first one that does harm. */
    public static void main(String[] arguments) {
        Subject subject = Subject.valueOf(arguments[0]);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        Set<String> seen = new HashSet<>();
        int bad = 0;
        while (seen.size() < VALUES) {
            String value = subject.value(random);
            if (seen.add(value)) {
                bad += check(subject, value) ? 0 : 1;
            }
        }
        System.out.println(VALUES + " values, " + bad + " of them bad");
    }

    /** Returns whether the value is valid. */
    private static boolean check(Subject subject, String value) {
        String title = subject.key + "=" + value + ", -Dslabcache-test.seed=" + SEED;
        boolean isGood = subject.good.test(value);
        try (LogCapture log = new LogCapture()) {
            System.setProperty(subject.key, value);
            for (int i = 0; i < 2; i++) {
                use(subject == Subject.FAULTS);
            }
            List<String> warnings = log.records().stream()
                    .map(logged -> logged.getMessage())
                    .filter(message -> message.contains(subject.key))
                    .toList();
            require(warnings.size() == (isGood ? 0 : 1), warnings);
            if (!isGood) {
                String shown = Pattern.compile("\\p{Cntrl}").matcher(value).replaceAll("?");
                String start = subject.key + "='" + shown + "': ";
                require(warnings.getFirst().startsWith(start), warnings);
                require(warnings.getFirst().contains("; expected "), warnings);
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError(title + ": " + e, e);
        } finally {
            System.clearProperty(subject.key);
        }
        return isGood;
    }

    private static void require(boolean holds, List<String> warnings) {
        if (!holds) {
            throw new AssertionError("warnings were " + warnings);
        }
    }

    private static void use(boolean withFaults) {
        Debug[] ways = withFaults ? new Debug[] {Debug.FAULTS} : new Debug[0];
        try (SlabCache cache = SlabCache.builder("packets", 24).debug(ways).build()) {
            long object = cache.tryAllocateAddress();
            if (object != 0) {
                cache.freeAddress(object);
            }
        }
    }
}
