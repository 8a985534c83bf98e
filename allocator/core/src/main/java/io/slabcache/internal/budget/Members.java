package io.slabcache.internal.budget;

import java.lang.ref.WeakReference;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The caches that draw on a ledger. Keeps none of them reachable. For any thread; calls caches with no lock held. */
final class Members {
    /** The number of caches that a message names. */
    private static final int MOST_NAMED = 5;

    /** The reference is empty once the cache is closed or garbage. */
    private record Member(String name, WeakReference<Reclaimable> cache, LongSupplier bytes) {
        boolean isGone() {
            return cache.get() == null && bytes.getAsLong() == 0;
        }
    }

    /** A member and its bytes at one moment. */
    private record Share(Member member, long bytes) {
        boolean giveBackOne(boolean thoroughly) {
            Reclaimable cache = member.cache.get();
            return cache != null && cache.giveBackOne(thoroughly) > 0;
        }

        @Override
        public String toString() {
            return member.name + " " + bytes + (member.cache.get() == null ? " (closed or abandoned)" : "");
        }
    }

    private final Set<Member> members = ConcurrentHashMap.newKeySet();

    Membership add(String name, Reclaimable cache, LongSupplier bytes) {
        members.removeIf(Member::isGone);
        WeakReference<Reclaimable> reference = new WeakReference<>(cache);
        members.add(new Member(name, reference, bytes));
        return new Membership(cache, reference);
    }

    /**
     * Asks for one region: first for memory that is free already, then for the objects that threads have cached.
     *
     * @return whether a cache gave one back
     */
    boolean reclaimOne() {
        List<Share> shares = largestFirst();
        return reclaimOne(shares, false) || reclaimOne(shares, true);
    }

    private static boolean reclaimOne(List<Share> shares, boolean thoroughly) {
        for (Share share : shares) {
            if (share.giveBackOne(thoroughly)) {
                return true;
            }
        }
        return false;
    }

    private List<Share> largestFirst() {
        return members.stream()
                .map(member -> new Share(member, member.bytes.getAsLong()))
                .filter(share -> share.bytes > 0)
                .sorted(Comparator.comparingLong(Share::bytes).reversed())
                .toList();
    }

    int size() {
        return members.size();
    }

    /** The largest caches with their bytes, in words. */
    String largest() {
        List<Share> shares = largestFirst();
        if (shares.isEmpty()) {
            return "no cache that is known to the budget has memory";
        }
        String named = shares.stream().limit(MOST_NAMED).map(Share::toString).collect(Collectors.joining(", "));
        long others = shares.stream().skip(MOST_NAMED).mapToLong(Share::bytes).sum();
        return "the largest caches in bytes: " + named
                + (others == 0 ? "" : ", and " + (shares.size() - MOST_NAMED) + " more " + others);
    }
}
