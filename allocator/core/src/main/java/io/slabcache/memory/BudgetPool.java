package io.slabcache.memory;

import io.slabcache.internal.budget.Ledger;
import java.lang.management.BufferPoolMXBean;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** A budget as a buffer pool of the JDK. */
final class BudgetPool implements BufferPoolMXBean {
    private final Ledger ledger;
    private final String name;
    private final ObjectName objectName;

    private BudgetPool(Ledger ledger, String name) {
        this.ledger = ledger;
        this.name = name;
        try {
            this.objectName = new ObjectName("io.slabcache:type=MemoryBudget,name=" + ObjectName.quote(name));
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("name is '" + name + "'; expected one that JMX can quote", e);
        }
    }

    /** Not called without the module java.management, on which no other class of budgets depends. */
    static BufferPoolMXBean of(Ledger ledger, String name) {
        return new BudgetPool(ledger, name);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public long getCount() {
        return ledger.regions();
    }

    @Override
    public long getTotalCapacity() {
        return ledger.limit();
    }

    @Override
    public long getMemoryUsed() {
        return ledger.used();
    }

    @Override
    public ObjectName getObjectName() {
        return objectName;
    }
}
