package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.util.List;

/**
 * A plan together with what led to it. Making one costs more than {@link PolicyEngine#plan}, which remembers none of this.
 *
 * @param before what was observed
 * @param plan the same plan that the engine makes
 * @param changes what the plan means for each resource and node
 * @param scores what each resource got on each node when it was given a place
 * @param contributions how these scores came to be, in the order in which it happened
 * @param candidates the nodes that were looked at for each primitive
 * @param actions what became of everything that was considered
 */
public record Inspection(
        ClusterView before,
        Plan plan,
        List<Change> changes,
        List<ScoreLog.Score> scores,
        List<ScoreLog.Contribution> contributions,
        List<ScoreLog.Candidate> candidates,
        List<ActionNote> actions) {

    /** Plans, and remembers why. The result depends on its arguments alone. */
    public static Inspection of(PolicyInput input, Instant now) {
        ScoreLog log = ScoreLog.on();
        Model model = new Model(input, now, log);
        Plan plan = PolicyEngine.plan(model);
        return new Inspection(
                ClusterView.of(input, now),
                plan,
                Changes.of(model),
                log.scores(),
                log.contributions(),
                log.candidates(),
                ActionNotes.of(model));
    }
}
