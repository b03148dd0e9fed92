package dev.ha4j.api;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.SortedMap;

/** What an operation of a {@link Resource} may know and say. Readable from any thread while the operation runs. */
public interface OperationContext {

    /** Name of the resource, without the number of the instance. */
    String resource();

    /** Which of the instances that differ this is ({@link dev.ha4j.api.config.CloneOptions#unique}); empty where there are none. */
    OptionalInt instance();

    /** Name of this node. */
    String node();

    /** What is left of the operation's timeout; zero when it is used up. */
    Duration remaining();

    /**
     * What the configuration says to the resource ({@link dev.ha4j.api.config.Primitive#parameter}). While it is active these are
     * the parameters with which it was started, or reloaded last: a stop is told them too, whatever has changed meanwhile.
     */
    SortedMap<String, String> parameters();

    /** Why the cluster does this, in words for a log. */
    String reason();

    /**
     * The term in which the resource is active on this node.
     *
     * @throws IllegalStateException if this operation has none: the resource isn't exclusive, or isn't active here
     */
    Term term();

    /**
     * Tells how well this node would do as the promoted one; the node with the highest score is promoted. May be called in
     * start and monitor of a promotable resource, elsewhere it has no effect.
     */
    void promotionScore(int score);
}
