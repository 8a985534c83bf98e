package io.slabcache.agrona;

import io.slabcache.Keeper;
import java.util.Objects;
import org.agrona.concurrent.Agent;

/**
 * A {@link Keeper} as an agent, so that a program which counts its threads runs it beside its other agents, under any
 * idle strategy.
 *
 * <pre>{@code
 * Keeper keeper = new Keeper();
 * SlabCache orders = SlabCache.builder("orders", 128).growAhead(10_000).keeper(keeper).build();
 * AgentRunner.startOnThread(new AgentRunner(
 *         new SleepingMillisIdleStrategy(1), Throwable::printStackTrace, null, new KeeperAgent(keeper)));
 * }</pre>
 *
 * <p>A step makes a slab or gives one back, and may take milliseconds. So an agent that must answer sooner should not
 * share its thread with this one.
 */
public final class KeeperAgent implements Agent {
    private final Keeper keeper;

    /**
     * Makes an agent.
     *
     * @param keeper of the caches to work on; the agent does not own it
     */
    public KeeperAgent(Keeper keeper) {
        this.keeper = Objects.requireNonNull(keeper, "keeper");
    }

    /**
     * Does one step for each cache that needs work.
     *
     * @return the number of steps; 0 if there was nothing to do
     */
    @Override
    public int doWork() {
        return keeper.doWork();
    }

    /** {@return the name of the thread that runs only this agent} */
    @Override
    public String roleName() {
        return "slabcache-keeper";
    }
}
