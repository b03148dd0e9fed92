package dev.ha4j.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a running cluster counts by, over all votes of 0 to 2 that up to five nodes can have: quorums that could exist beside each
 * other have a node in common, which knows what the other one did. Sets of nodes are bit masks here.
 */
class VotingRuleTest {

    private static final int MOST_VOTES = 2;

    /** As in the reference, a tie is not broken where as many nodes are elsewhere as votes are needed, if some of them have none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void quorumsAreMoreThanHalfOrTheHalfWithTheTieBreakerAndMeet(int count) {
        for (List<NodeSpec> nodes : votes(count)) {
            for (QuorumOptions options : tieBroken(nodes)) {
                VotingRule rule = VotingRule.of(options, nodes, Collections.emptySortedSet());
                List<Integer> quorums =
                        sets(count, set -> rule.judge(members(set)).quorate());
                List<Integer> obvious = sets(count, obvious(options, nodes));
                assertThat(obvious).as("%s of %s", options, nodes).containsAll(quorums);
                if (nodes.stream().allMatch(node -> node.votes() > 0)) {
                    assertThat(quorums).as("%s of %s", options, nodes).isEqualTo(obvious);
                }
                assertMeet(quorums, quorums, rule);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void whoGoesOnByTheDeviceMeetsEachQuorumWithoutIt(int count) {
        for (List<NodeSpec> nodes : votes(count)) {
            for (int votes = 1; votes < sum(nodes); votes++) {
                VotingRule rule = VotingRule.of(
                        QuorumOptions.DEFAULTS.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(votes)),
                        nodes,
                        Collections.emptySortedSet());
                List<Integer> alone =
                        sets(count, set -> rule.judge(members(set)).quorate());
                List<Integer> byDevice = sets(count, set -> byDevice(rule, set) && !alone.contains(set));
                assertMeet(byDevice, alone, rule);
                byDevice.forEach(set -> assertAllDisksAreAskedFor(rule, nodes, set));
            }
        }
    }

    private static boolean byDevice(VotingRule rule, int set) {
        return rule.judge(members(set), true, WaitForAll.OVER).quorate();
    }

    /** The device has no disk: what those acknowledge who need its vote has to be on each of their disks. */
    private static void assertAllDisksAreAskedFor(VotingRule rule, List<NodeSpec> nodes, int members) {
        for (int disks = members; disks > 0; disks = (disks - 1) & members) {
            int lacking = members & ~disks;
            boolean allVotersHaveIt =
                    nodes.stream().filter(node -> contains(lacking, node.id())).allMatch(node -> node.votes() == 0);
            assertThat(rule.isQuorum(members(disks), members(members), true))
                    .as("disks %s of members %s by %s", members(disks), members(members), rule)
                    .isEqualTo(allVotersHaveIt);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void whileVotersChangeQuorumsMeetThoseOfTheOldAndOfTheNewRule(int count) {
        List<NodeSpec> nodes = OptionSets.nodes(count);
        QuorumOptions options = QuorumOptions.DEFAULTS.withTieBreaker(TieBreaker.LOWEST);
        VotingRule old = VotingRule.of(options, nodes, Collections.emptySortedSet());
        List<Integer> byOld = sets(count, set -> old.judge(members(set)).quorate());
        for (int excused : sets(count, set -> set != (1 << count) - 1)) {
            VotingRule next = VotingRule.of(options, nodes, members(excused));
            VotingRules changing = new VotingRules(old, Optional.of(next));
            List<Integer> byNew = sets(count, set -> next.judge(members(set)).quorate());
            List<Integer> byBoth = sets(
                    count,
                    set -> changing.judge(members(set), false, WaitForAll.OVER).quorate());
            assertMeet(byNew, byNew, next);
            assertMeet(byBoth, byOld, old);
            assertMeet(byBoth, byNew, next);
        }
    }

    private static void assertMeet(List<Integer> some, List<Integer> others, VotingRule rule) {
        for (int one : some) {
            for (int other : others) {
                if ((one & other) == 0) {
                    throw new AssertionError(members(one) + " and " + members(other) + " are both quorums by " + rule);
                }
            }
        }
    }

    private static IntPredicate obvious(QuorumOptions options, List<NodeSpec> nodes) {
        int all = sum(nodes);
        return set -> {
            int present = nodes.stream()
                    .filter(node -> contains(set, node.id()))
                    .mapToInt(NodeSpec::votes)
                    .sum();
            return 2 * present > all || (2 * present == all && hasTieBreaker(options, nodes.size(), set));
        };
    }

    private static boolean hasTieBreaker(QuorumOptions options, int count, int set) {
        return switch (options.tieBreaker().kind()) {
            case NONE -> false;
            case LOWEST -> contains(set, NodeId.of(1));
            case HIGHEST -> contains(set, NodeId.of(count));
            case LIST -> contains(set, options.tieBreaker().nodes().get(0));
        };
    }

    private static List<QuorumOptions> tieBroken(List<NodeSpec> nodes) {
        return IntStream.range(0, 4)
                .mapToObj(number -> QuorumOptions.DEFAULTS.withTieBreaker(List.of(
                                TieBreaker.NONE,
                                TieBreaker.LOWEST,
                                TieBreaker.HIGHEST,
                                TieBreaker.nodes(nodes.size(), 1))
                        .get(nodes.size() == 1 ? 0 : number)))
                .filter(options -> options.conflicts(nodes).isEmpty())
                .toList();
    }

    /** The nodes with all votes that they can have, but for nobody having any. */
    private static List<List<NodeSpec>> votes(int count) {
        List<List<NodeSpec>> all = new ArrayList<>();
        int kinds = MOST_VOTES + 1;
        for (int number = 1; number < Math.pow(kinds, count); number++) {
            List<NodeSpec> nodes = new ArrayList<>();
            int rest = number;
            for (NodeSpec node : OptionSets.nodes(count)) {
                nodes.add(node.votes(rest % kinds));
                rest /= kinds;
            }
            all.add(nodes);
        }
        return all;
    }

    private static int sum(List<NodeSpec> nodes) {
        return nodes.stream().mapToInt(NodeSpec::votes).sum();
    }

    private static List<Integer> sets(int count, IntPredicate wanted) {
        return IntStream.range(0, 1 << count).filter(wanted).boxed().toList();
    }

    private static boolean contains(int set, NodeId node) {
        return ((set >> (node.value() - 1)) & 1) == 1;
    }

    private static SortedSet<NodeId> members(int set) {
        TreeSet<NodeId> members = new TreeSet<>();
        for (int id = 1; set >> (id - 1) != 0; id++) {
            if (((set >> (id - 1)) & 1) == 1) {
                members.add(NodeId.of(id));
            }
        }
        return members;
    }
}
