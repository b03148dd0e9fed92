package dev.ha4j.totem;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.SimulatedNode.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** Judges recorded histories by extended virtual synchrony (Moser, Amir, Melliar-Smith, Agarwal, 1994). */
final class EvsChecker {

    /** A node's time in one ring. */
    private static final class Stay {
        final SimulatedNode node;
        final RegularConfiguration ring;
        final List<History.Delivered> delivered = new ArrayList<>();
        Optional<TransitionalConfiguration> end = Optional.empty();

        Stay(SimulatedNode node, RegularConfiguration ring) {
            this.node = node;
            this.ring = ring;
        }

        Set<String> texts() {
            Set<String> texts = new HashSet<>();
            delivered.forEach(d -> texts.add(d.text()));
            return texts;
        }
    }

    private final List<SimulatedNode> boots;
    private final List<Stay> stays = new ArrayList<>();

    EvsChecker(List<SimulatedNode> boots) {
        this.boots = boots;
        boots.forEach(this::collect);
    }

    void check() {
        ringIdsRiseAndNameOneMembership();
        everyMessageWasSentAndComesOnce();
        oneTotalOrder();
        membersThatMoveTogetherDeliverTheSame();
        noGapsFromThoseWhoCameAlong();
        safeMessagesReachEverybody();
        everySubmissionIsDecided();
    }

    private void collect(SimulatedNode node) {
        Stay stay = null;
        for (History event : node.history) {
            if (event instanceof History.Regular regular) {
                require(stay == null || stay.end.isPresent(), "ring change without transitional at " + node.id);
                stay = new Stay(node, regular.configuration());
                require(stay.ring.members().contains(node.id), "node not in its own ring");
                stays.add(stay);
            } else if (event instanceof History.Transitional transitional) {
                require(stay != null && stay.end.isEmpty(), "two transitional configurations in a row");
                require(transitional.configuration().oldRing().equals(stay.ring.ring()), "wrong old ring");
                stay.end = Optional.of(transitional.configuration());
            } else if (event instanceof History.Delivered delivered) {
                require(
                        stay != null && delivered.ring().equals(stay.ring.ring()),
                        "delivered out of its ring " + delivered);
                require(delivered.late() == stay.end.isPresent(), "delivered in the wrong configuration " + delivered);
                stay.delivered.add(delivered);
            }
        }
    }

    private void ringIdsRiseAndNameOneMembership() {
        Map<RingId, SortedSet<NodeId>> members = new HashMap<>();
        Map<NodeId, RingId> last = new HashMap<>();
        for (Stay stay : stays) {
            RingId id = stay.ring.ring();
            SortedSet<NodeId> known = members.putIfAbsent(id, stay.ring.members());
            require(known == null || known.equals(stay.ring.members()), "ring " + id + " with two memberships");
            RingId before = last.put(stay.node.id, id);
            require(
                    before == null || before.sequence() < id.sequence(),
                    "ring id does not rise: " + before + ", " + id);
        }
    }

    private void everyMessageWasSentAndComesOnce() {
        Map<String, SimulatedNode> senders = new HashMap<>();
        boots.forEach(boot -> boot.submitted.forEach(text -> senders.put(text, boot)));
        for (SimulatedNode boot : boots) {
            Set<String> seen = new HashSet<>();
            for (History event : boot.history) {
                if (event instanceof History.Delivered d) {
                    require(seen.add(d.text()), "delivered twice at " + boot.id + ": " + d);
                    SimulatedNode sender = senders.get(d.text());
                    require(sender != null && sender.id.equals(d.sender()), "never sent: " + d);
                }
            }
        }
    }

    private void oneTotalOrder() {
        Map<RingId, TreeMap<Long, List<String>>> rings = new HashMap<>();
        for (Stay stay : stays) {
            TreeMap<Long, List<String>> here = new TreeMap<>();
            long last = 0;
            for (History.Delivered d : stay.delivered) {
                require(d.sequence() >= last, "out of order at " + stay.node.id + ": " + d);
                last = d.sequence();
                here.computeIfAbsent(d.sequence(), s -> new ArrayList<>()).add(d.text());
            }
            TreeMap<Long, List<String>> all = rings.computeIfAbsent(stay.ring.ring(), r -> new TreeMap<>());
            here.forEach((sequence, texts) -> {
                List<String> known = all.putIfAbsent(sequence, texts);
                require(known == null || known.equals(texts), "two orders: " + known + " and " + texts);
            });
        }
    }

    private void membersThatMoveTogetherDeliverTheSame() {
        Map<List<RingId>, Stay> moves = new HashMap<>();
        for (Stay stay : stays) {
            stay.end.ifPresent(end -> {
                for (NodeId member : end.members()) {
                    Stay other = moves.putIfAbsent(moveOf(end, member), stay);
                    if (other != null && member.equals(stay.node.id)) {
                        compare(other, stay);
                    }
                }
            });
        }
    }

    private static List<RingId> moveOf(TransitionalConfiguration end, NodeId ignored) {
        return List.of(end.oldRing(), end.newRing());
    }

    private static void compare(Stay a, Stay b) {
        require(a.end.orElseThrow().equals(b.end.orElseThrow()), "two transitional configurations: " + a.end + b.end);
        require(
                a.delivered.equals(b.delivered),
                () -> "members that moved together delivered differently: " + a.node.id + " and " + b.node.id + " "
                        + a.end + "\n" + a.delivered + "\n" + b.delivered);
    }

    private void noGapsFromThoseWhoCameAlong() {
        Map<RingId, TreeMap<Long, History.Delivered>> known = new HashMap<>();
        stays.forEach(stay -> stay.delivered.forEach(
                d -> known.computeIfAbsent(d.ring(), r -> new TreeMap<>()).putIfAbsent(d.sequence(), d)));
        for (Stay stay : stays) {
            Set<String> here = stay.texts();
            long lastRegular = last(stay, false);
            long last = last(stay, true);
            known.getOrDefault(stay.ring.ring(), new TreeMap<>()).headMap(last, true).values().stream()
                    .filter(d -> !here.contains(d.text()))
                    .forEach(missed -> require(
                            missed.sequence() > lastRegular
                                    && !stay.end.orElseThrow().members().contains(missed.sender()),
                            "gap at " + stay.node.id + ": " + missed));
        }
    }

    private static long last(Stay stay, boolean late) {
        return stay.delivered.stream()
                .filter(d -> late || !d.late())
                .map(History.Delivered::sequence)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }

    private void safeMessagesReachEverybody() {
        Map<RingId, Map<NodeId, List<Stay>>> byRing = new HashMap<>();
        stays.forEach(stay -> byRing.computeIfAbsent(stay.ring.ring(), r -> new HashMap<>())
                .computeIfAbsent(stay.node.id, n -> new ArrayList<>())
                .add(stay));
        for (Stay stay : stays) {
            for (History.Delivered d : stay.delivered) {
                if (d.guarantee() == DeliveryGuarantee.SAFE) {
                    SortedSet<NodeId> owed = d.late() ? stay.end.orElseThrow().members() : stay.ring.members();
                    owed.forEach(member -> owes(byRing.get(d.ring()).getOrDefault(member, List.of()), member, d));
                }
            }
        }
    }

    private void owes(List<Stay> theirs, NodeId member, History.Delivered safe) {
        if (!safe.late()) {
            require(!theirs.isEmpty(), "safe in a ring that " + member + " never installed: " + safe);
        }
        for (Stay stay : theirs) {
            boolean movedOn = stay.end.isPresent()
                    && stays.stream()
                            .anyMatch(s -> s.node == stay.node && s.ring.ring().compareTo(safe.ring()) > 0);
            require(
                    !movedOn || stay.texts().contains(safe.text()),
                    "safe, but not delivered at " + member + ": " + safe);
        }
    }

    private void everySubmissionIsDecided() {
        for (SimulatedNode boot : boots) {
            Map<String, Integer> outcomes = new HashMap<>();
            for (History event : boot.history) {
                if (event instanceof History.Delivered d && d.text().startsWith(boot.id + "/" + boot.boot + "/")) {
                    outcomes.merge(d.text(), 1, Integer::sum);
                } else if (event instanceof History.Lost lost) {
                    outcomes.merge(boot.submitted.get((int) lost.id() - 1), 1, Integer::sum);
                    require(boot.over, "indeterminate without leaving: " + lost);
                }
            }
            for (String text : boot.submitted) {
                int expected = outcomes.getOrDefault(text, 0);
                require(expected == 1 || (expected == 0 && !boot.alive), text + " has " + expected + " outcomes");
            }
        }
    }

    private static void require(boolean holds, String message) {
        require(holds, () -> message);
    }

    private static void require(boolean holds, java.util.function.Supplier<String> message) {
        if (!holds) {
            throw new AssertionError(message.get());
        }
    }
}
