package io.slabcache.internal.budget;

import java.util.List;

/** Implemented by memory sources that draw on budgets. */
public interface Limited {
    /** {@return the ledgers of all its budgets} */
    List<Ledger> ledgers();
}
