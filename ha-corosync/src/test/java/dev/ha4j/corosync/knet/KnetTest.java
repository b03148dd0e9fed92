package dev.ha4j.corosync.knet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import dev.ha4j.corosync.knet.KnetPacket.Ping;
import dev.ha4j.corosync.knet.KnetPacket.Pong;
import dev.ha4j.corosync.knet.KnetPacket.SizeProbe;
import dev.ha4j.corosync.knet.KnetPacket.SizeReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnetTest {

    private static final NodeId TWO = NodeId.of(2);

    /** After so many frames their numbers begin again. */
    private static final int NUMBERS = 65_535;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aLinkIsInUseAfterItsSecondPong() {
        KnetFixture world = new KnetFixture();
        world.run(200);
        assertThat(world.node(1).changes).isEmpty();
        world.run(100);
        assertThat(world.node(1).changes).containsExactly("2/0 up", "2/1 up", "3/0 up", "3/1 up");
    }

    @ParameterizedTest
    @EnumSource(LinkPolicy.class)
    void aFrameOfAnyLengthArrivesOnce(LinkPolicy policy) {
        KnetFixture world = new KnetFixture(policy);
        world.copies = 2;
        world.run(1_000);
        for (int length : new int[] {0, 1, 999, 1_000, 1_001, 2_000, 65_536}) {
            world.node(1).multicast(bytes(length));
        }
        for (int id = 2; id <= 3; id++) {
            assertThat(world.node(id).frames).hasSize(7);
            assertThat(world.node(id).frames.get(4)).isEqualTo(bytes(1_001));
            assertThat(world.node(id).frames.get(6)).isEqualTo(bytes(65_536));
        }
        assertThat(world.node(2).counters).containsKey("frame twice");
    }

    @Test
    void passiveUsesOneLinkAndRoundRobinBoth() {
        KnetFixture passive = new KnetFixture(LinkPolicy.PASSIVE);
        KnetFixture rotating = new KnetFixture(LinkPolicy.ROUND_ROBIN);
        for (KnetFixture world : List.of(passive, rotating)) {
            world.run(1_000);
            world.node(1).multicast(bytes(10_000));
        }
        assertThat(passive.node(1).fragmentsByLink).containsOnlyKeys(0);
        assertThat(rotating.node(1).fragmentsByLink).containsEntry(0, 10).containsEntry(1, 10);
    }

    @Test
    void aBrokenLinkIsLeftForAnotherAndComesBack() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        world.broken = path -> path.link() == 0 && path.node().equals(TWO);
        world.run(800);
        assertThat(world.node(1).changes).contains("2/0 down").doesNotContain("2/1 down", "3/0 down");
        world.node(1).multicast(bytes(5_000));
        assertThat(world.node(2).frames).hasSize(1);
        world.broken = path -> false;
        world.run(1_000);
        assertThat(world.node(1).changes).endsWith("2/0 down", "2/0 up");
    }

    @Test
    void nobodyIsHeardBeforeItsLinkIsInUse() {
        KnetFixture world = new KnetFixture();
        world.node(1).knet.receive(new Path(TWO, 0), new Fragment(TWO, 1, true, 1, 1, bytes(10)), world.now);
        assertThat(world.node(1).frames).isEmpty();
        assertThat(world.node(1).counters).containsEntry("frame before its link", 1);
    }

    @Test
    void aNodeIsNotHeardAtAnothersAddress() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        Path three = new Path(NodeId.of(3), 0);
        world.node(1).knet.receive(three, new Fragment(TWO, 1, true, 1, 1, bytes(10)), world.now);
        assertThat(world.node(1).counters).containsEntry("node at another's address", 1);
    }

    @Test
    void aRestartedNodeBeginsItsNumbersAnew() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        for (int i = 0; i < 100; i++) {
            world.node(1).multicast(bytes(10));
        }
        world.restart(1, LinkPolicy.PASSIVE);
        world.run(400);
        world.node(1).multicast(bytes(10));
        assertThat(world.node(2).frames).hasSize(101);
    }

    /** All of a sender's numbers, several times round; most of them are for others. */
    @Test
    void numbersWrapForThoseWhoHearFewOfThem() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 10_007; i++) {
                world.node(1).knet.send(NodeId.of(3), bytes(1), world.now);
            }
            world.node(1).multicast(bytes(10));
            assertThat(world.node(2).frames).hasSize(round + 1);
        }
        assertThat(world.node(3).frames).hasSize(20 * 10_008);
    }

    @Test
    void aFrameThatMissesAFragmentIsGivenUpForNewerOnes() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        world.lose = packet -> packet instanceof Fragment fragment && fragment.number() == 2;
        for (int i = 0; i < Reassembly.MAX_PARTIAL_FRAMES + 1; i++) {
            world.node(1).multicast(bytes(2_000));
        }
        assertThat(world.node(2).frames).isEmpty();
        assertThat(world.node(2).counters).containsEntry("frame given up", 1);
        world.lose = packet -> false;
        KnetPacket late = world.lost.get(world.lost.size() - 1);
        world.node(2).knet.receive(new Path(NodeId.of(1), 0), late, world.now);
        assertThat(world.node(2).frames).hasSize(1);
    }

    /** Half of one frame, and, one round of the numbers later, half of another. */
    @Test
    void fragmentsOfTwoFramesAreNeverMixed() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        world.lose = packet -> packet instanceof Fragment fragment && fragment.number() == 1;
        world.node(1).multicast(bytes(2_000));
        world.lose = packet -> false;
        for (int i = 1; i < NUMBERS; i++) {
            world.node(1).multicast(bytes(1));
        }
        world.node(2).frames.clear();
        byte[] next = new byte[2_000];
        world.node(1).multicast(next);
        assertThat(world.node(2).frames).containsExactly(next);
        assertThat(world.node(2).counters).containsEntry("frame given up", 1);
    }

    /** A sender that began anew without a word may have nothing but long frames to send. */
    @Test
    void fragmentsThatAreOutOfReachMakeAFrame() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        for (int i = 0; i < 2 * FrameHistory.CAPACITY; i++) {
            world.node(1).multicast(bytes(1));
        }
        world.node(2).frames.clear();
        NodeId one = NodeId.of(1);
        for (int number = 1; number <= 2; number++) {
            Fragment fragment = new Fragment(one, 5, true, 2, number, bytes(number));
            world.node(2).knet.receive(new Path(one, 0), fragment, world.now);
        }
        assertThat(world.node(2).frames).hasSize(1);
    }

    @Test
    void answersWhoeverLooksForTheMtu() {
        KnetFixture world = new KnetFixture();
        assertThat(new SizeProbe(TWO, 1, 0xdc05).answeredBy(NodeId.of(1)))
                .isEqualTo(new SizeReply(NodeId.of(1), 1, 0xdc05));
        world.node(1).knet.receive(new Path(TWO, 1), new SizeProbe(TWO, 1, 0xdc05), world.now);
        assertThat(world.node(2).counters).containsEntry("not asked for", 1);
    }

    @Test
    void aPongFromThePastCountsForNothing() {
        KnetFixture world = new KnetFixture();
        world.run(10);
        Ping old = new Ping(NodeId.of(1), 0, world.now - 600 * KnetFixture.MILLI, 0, 0, true);
        world.node(1).knet.receive(new Path(TWO, 0), old.answeredBy(TWO), world.now);
        assertThat(world.node(1).counters).containsEntry("late pong", 1);
        assertThat(world.node(1).changes).isEmpty();
    }

    /** Its pings were answered, and the answers lie there when it wakes up. */
    @Test
    void aNodeThatStoodStillTakesNoLinkForLost() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        List<KnetPacket> waiting = new ArrayList<>();
        world.lose = packet -> packet instanceof Pong && packet.source().equals(TWO) && waiting.add(packet);
        world.run(250);
        world.lose = packet -> false;
        world.now += 2_000 * KnetFixture.MILLI;
        for (KnetPacket pong : waiting) {
            world.node(1).knet.receive(new Path(TWO, ((Pong) pong).link()), pong, world.now);
        }
        world.node(1).knet.tick(world.now);
        assertThat(waiting).isNotEmpty();
        assertThat(world.node(1).changes).doesNotContain("2/0 down", "2/1 down");
    }

    @Test
    void fragmentsThatContradictEachOtherMakeNoFrame() {
        KnetFixture world = new KnetFixture();
        world.run(1_000);
        Path two = new Path(TWO, 0);
        world.node(1).knet.receive(two, new Fragment(TWO, 9, true, 2, 1, bytes(10)), world.now);
        world.node(1).knet.receive(two, new Fragment(TWO, 9, true, 3, 2, bytes(10)), world.now);
        assertThat(world.node(1).counters).containsEntry("frame of two lengths", 1);
        for (int number = 1; number <= 2; number++) {
            byte[] large = bytes(Knet.MAX_FRAME_BYTES);
            world.node(1).knet.receive(two, new Fragment(TWO, 10, true, 3, number, large), world.now);
        }
        assertThat(world.node(1).counters).containsEntry("frame too long", 1);
        assertThat(world.node(1).frames).isEmpty();
    }
}
