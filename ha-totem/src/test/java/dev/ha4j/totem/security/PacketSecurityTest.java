package dev.ha4j.totem.security;

import static dev.ha4j.totem.security.Boots.A;
import static dev.ha4j.totem.security.Boots.B;
import static dev.ha4j.totem.security.Boots.C;
import static dev.ha4j.totem.security.Boots.MILLI;
import static dev.ha4j.totem.security.Boots.hello;
import static dev.ha4j.totem.security.Boots.open;
import static dev.ha4j.totem.security.Boots.reply;
import static dev.ha4j.totem.security.Boots.shakeHands;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.OpenResult.Confirmed;
import dev.ha4j.totem.security.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.OpenResult.Opened;
import dev.ha4j.totem.security.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PacketSecurityTest {

    private static final byte[] TOKEN = "token".getBytes(UTF_8);

    private final Boots boots = new Boots(7);
    private final PacketSecurity a = boots.boot(A, 0, SecurityLimits.DEFAULTS, boots.key());
    private final PacketSecurity b = boots.boot(B, 0, SecurityLimits.DEFAULTS, boots.key());
    private final PacketSecurity c = boots.boot(C, 0, SecurityLimits.DEFAULTS, boots.key());

    @Test
    void threePacketsConfirmBothSides() {
        byte[] hello = hello(a.due(0), B);
        byte[] acknowledgement = reply(b, hello, 0);
        assertThat(b.isConfirmed(A)).isFalse();
        OpenResult afterAcknowledgement = open(a, acknowledgement, 0);
        assertThat(afterAcknowledgement)
                .isInstanceOfSatisfying(
                        HandshakeReply.class, r -> assertThat(r.confirmed()).isTrue());
        assertThat(open(b, ((HandshakeReply) afterAcknowledgement).datagram(), 0))
                .isEqualTo(new Confirmed(A));
        assertOpens(b, a.seal(TOKEN), A, 0);
        assertOpens(a, b.seal(TOKEN), B, 0);
    }

    /** Leases rest on the token timeout: nodes that have different ones would wait too short for each other. */
    @Test
    void whoHasOtherSettingsIsRefusedAndNamed() {
        PacketSecurity other = boots.boot(B, 0, 2_000_000_000L);
        assertRejected(a, hello(other.due(0), A), 0, RejectReason.OTHER_SETTINGS);
        assertRejected(other, hello(a.due(0), B), 0, RejectReason.OTHER_SETTINGS);
        assertThat(a.report(0).certificates().doubts()).containsEntry(B, RejectReason.OTHER_SETTINGS);
        assertThat(a.isConfirmed(B)).isFalse();
    }

    @Test
    void onePacketServesAllPeers() {
        shakeHands(a, b, B, 0);
        shakeHands(c, a, A, 0);
        byte[] packet = a.seal(TOKEN);
        assertOpens(b, packet, A, 0);
        assertOpens(c, packet, A, 0);
        assertThat(packet).hasSize(TOKEN.length + PacketSecurity.OVERHEAD_BYTES);
    }

    @Test
    void noPacketOfAnUnconfirmedSessionGetsThrough() {
        reply(b, hello(a.due(0), B), 0);
        assertRejected(b, a.seal(TOKEN), 0, RejectReason.UNKNOWN_SESSION);
    }

    @Test
    void packetOfUnknownSessionPromptsAHelloAtOnce() {
        b.due(0);
        assertThat(b.due(MILLI)).isEmpty();
        open(b, a.seal(TOKEN), MILLI);
        byte[] acknowledgement = reply(a, hello(b.due(MILLI), A), MILLI);
        reply(b, acknowledgement, MILLI);
        assertOpens(b, a.seal(TOKEN), A, MILLI);
    }

    @Test
    void promptedHellosAreLimited() {
        int hellos = 0;
        for (long now = 0; now < 1_000 * MILLI; now += MILLI) {
            open(b, a.seal(TOKEN), now);
            hellos +=
                    (int) b.due(now).stream().filter(h -> h.target().equals(A)).count();
        }
        assertThat(hellos).isBetween(10, 80);
    }

    @Test
    void packetIsOpenedOnce() {
        shakeHands(a, b, B, 0);
        byte[] packet = a.seal(TOKEN);
        assertOpens(b, packet, A, 0);
        assertRejected(b, packet, 0, RejectReason.REPLAY);
    }

    @Test
    void packetWithAnyOneBitChangedIsRejected() {
        shakeHands(a, b, B, 0);
        byte[] packet = a.seal(TOKEN);
        for (int bit = 0; bit < Byte.SIZE * packet.length; bit++) {
            byte[] damaged = packet.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(open(b, damaged, 0)).as("bit %d", bit).isInstanceOf(Rejected.class);
        }
        assertOpens(b, packet, A, 0);
    }

    @Test
    void replayedBootReachesNobody() {
        List<byte[]> recorded = new ArrayList<>();
        byte[] hello = hello(a.due(0), B);
        recorded.add(hello);
        byte[] confirmation = reply(a, reply(b, hello, 0), 0);
        recorded.add(confirmation);
        open(b, confirmation, 0);
        for (int i = 0; i < 100; i++) {
            recorded.add(a.seal(TOKEN));
        }
        PacketSecurity rebooted = boots.boot(B, 0);
        for (byte[] packet : recorded) {
            assertThat(open(rebooted, packet, 0)).isNotInstanceOfAny(Opened.class, Confirmed.class);
        }
        assertThat(rebooted.isConfirmed(A)).isFalse();
    }

    @Test
    void replayedHelloDoesNotDisplaceALiveSession() {
        byte[] oldHello = hello(boots.boot(A, 0).due(0), B);
        shakeHands(a, b, B, 0);
        assertRejected(b, oldHello, 0, RejectReason.DUPLICATE_NODE);
        open(b, oldHello, 500 * MILLI);
        assertOpens(b, a.seal(TOKEN), A, 500 * MILLI);
    }

    @Test
    void restartedPeerReplacesItsEarlierBoot() {
        shakeHands(a, b, B, 0);
        byte[] late = a.seal(TOKEN);
        PacketSecurity restarted = boots.boot(A, 150 * MILLI);
        shakeHands(restarted, b, B, 150 * MILLI);
        assertOpens(b, restarted.seal(TOKEN), A, 150 * MILLI);
        assertRejected(b, late, 150 * MILLI, RejectReason.UNKNOWN_SESSION);
    }

    /** However often somebody else claims its id, a living peer's own handshakes are looked at. */
    @Test
    void aTwinDoesNotUseUpThePeersHandshakes() {
        shakeHands(a, b, B, 0);
        byte[] twins = hello(boots.boot(A, 0).due(0), B);
        for (int i = 0; i < 10_000; i++) {
            assertRejected(b, twins, MILLI, RejectReason.DUPLICATE_NODE);
        }
    }

    /** Damage shows whether it was decrypted: what is refused without a look is not noticed to be damaged. */
    @Test
    void anEarlierBootThatIsPlayedAgainIsDecryptedOnce() {
        byte[] replayed = hello(boots.boot(A, 0).due(0), B);
        shakeHands(a, b, B, 0);
        byte[] damaged = flipped(replayed, Byte.SIZE * replayed.length - 1);
        assertRejected(b, damaged, 0, RejectReason.AUTHENTICATION);
        assertRejected(b, replayed, 0, RejectReason.DUPLICATE_NODE);
        assertRejected(b, damaged, 0, RejectReason.DUPLICATE_NODE);
    }

    @Test
    void whoHasRecordedManyBootsMakesLittleWork() {
        shakeHands(a, b, B, 0);
        List<byte[]> recorded = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            recorded.add(hello(boots.boot(A, 0).due(0), B));
        }
        recorded.forEach(hello -> open(b, hello, MILLI));
        long decrypted = b.report(0).rejected().get(RejectReason.DUPLICATE_NODE);
        assertThat(decrypted).isBetween(50L, 110L);
        assertThat(b.report(0).rejected()).containsEntry(RejectReason.RATE_LIMIT, 1_000 - decrypted);
        recorded.forEach(hello -> open(b, flipped(hello, Byte.SIZE * hello.length - 1), MILLI));
        assertThat(b.report(0).rejected()).containsEntry(RejectReason.AUTHENTICATION, 0L);
    }

    @Test
    void aPeerChangesItsSessionWhileItsEarlierBootsArePlayedAgain() {
        List<byte[]> recorded = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            recorded.add(hello(boots.boot(A, 0).due(0), B));
        }
        shakeHands(a, b, B, 0);
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        b.changeKeys(List.of(boots.key(), next), 0);
        for (int i = 0; i < 10_000; i++) {
            assertRejected(b, recorded.get(i % recorded.size()), 0, RejectReason.DUPLICATE_NODE);
        }
        a.changeKeys(List.of(next, boots.key()), 0);
        open(b, reply(a, reply(b, hello(a.due(0), B), 0), 0), 0);
        assertThat(b.report(0).confirmedPeers()).containsEntry(A, 2);
    }

    /** It was refused while its predecessor counted as alive; when that is over it comes in. */
    @Test
    void whoWasRefusedTooEarlyIsLetInLater() {
        shakeHands(a, b, B, 0);
        PacketSecurity restarted = boots.boot(A, MILLI);
        assertRejected(b, hello(restarted.due(MILLI), B), MILLI, RejectReason.DUPLICATE_NODE);
        assertRejected(b, hello(restarted.due(50 * MILLI), B), 50 * MILLI, RejectReason.DUPLICATE_NODE);
        shakeHands(restarted, b, B, 200 * MILLI);
        assertOpens(b, restarted.seal(TOKEN), A, 200 * MILLI);
        assertRejected(b, a.seal(TOKEN), 200 * MILLI, RejectReason.UNKNOWN_SESSION);
    }

    @Test
    void secondProcessOfALiveNodeIsRefused() {
        shakeHands(a, b, B, 0);
        PacketSecurity twin = boots.boot(A, 0);
        open(b, a.seal(TOKEN), 50 * MILLI);
        assertRejected(b, hello(twin.due(60 * MILLI), B), 60 * MILLI, RejectReason.DUPLICATE_NODE);
        assertThat(b.report(0).rejected()).containsEntry(RejectReason.DUPLICATE_NODE, 1L);
    }

    @Test
    void aTwinIsReportedForAsLongAsItTries() {
        shakeHands(a, b, B, 0);
        byte[] twins = hello(boots.boot(A, 0).due(0), B);
        for (long now = 50 * MILLI; now <= 500 * MILLI; now += 50 * MILLI) {
            open(b, a.seal(TOKEN), now);
            assertRejected(b, twins, now, RejectReason.DUPLICATE_NODE);
        }
        assertThat(b.report(10_000 * MILLI).twins()).containsExactly(entry(A, 10L));
        assertThat(b.report(61_000 * MILLI).twins()).isEmpty();
    }

    @Test
    void aNodeThatRestartsIsNoTwinOfItself() {
        shakeHands(a, b, B, 0);
        PacketSecurity restarted = boots.boot(A, MILLI);
        byte[] hello = hello(restarted.due(MILLI), B);
        for (long now = MILLI; now < 100 * MILLI; now += 10 * MILLI) {
            assertRejected(b, hello, now, RejectReason.DUPLICATE_NODE);
            assertThat(b.report(now).twins()).isEmpty();
        }
        shakeHands(restarted, b, B, 200 * MILLI);
        assertThat(b.report(200 * MILLI).twins()).isEmpty();
    }

    /** However much comes, and whatever it is, no table grows, and who was heard before still is. */
    @Test
    void aFloodFillsNothing() {
        List<byte[]> recorded = new ArrayList<>();
        for (int boot = 0; boot < 200; boot++) {
            recorded.add(hello(boots.boot(A, 0).due(0), B));
        }
        shakeHands(a, b, B, 0);
        recorded.add(a.seal(TOKEN));
        recorded.add(hello(c.due(0), B));
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            long now = i * MILLI / 10;
            byte[] datagram = forged(recorded, random);
            assertThat(open(b, datagram, now)).isNotInstanceOf(Confirmed.class);
            if (i % 100 == 0) {
                assertOpens(b, a.seal(TOKEN), A, now);
            }
        }
        assertThat(b.remembered()).isBetween(1, 64);
        assertThat(b.report(0).rejected()).hasSize(RejectReason.values().length);
        assertThat(b.report(0).removedPeers()).isEmpty();
    }

    /** Garbage, a replay, or something of both. */
    private static byte[] forged(List<byte[]> recorded, Random random) {
        byte[] datagram = recorded.get(random.nextInt(recorded.size())).clone();
        int kind = random.nextInt(4);
        if (kind == 0) {
            random.nextBytes(datagram);
        } else if (kind == 1) {
            datagram[random.nextInt(PacketHeader.BYTES)] = (byte) random.nextInt();
        } else if (kind == 2) {
            datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
        }
        return datagram;
    }

    @Test
    void answersExpireAndCountOnce() {
        byte[] acknowledgement = reply(b, hello(a.due(0), B), 0);
        assertRejected(a, acknowledgement, 1_001 * MILLI, RejectReason.STALE_HANDSHAKE);
        byte[] inTime = reply(b, hello(a.due(1_001 * MILLI), B), 1_001 * MILLI);
        reply(a, inTime, 1_002 * MILLI);
        assertRejected(a, inTime, 1_002 * MILLI, RejectReason.STALE_HANDSHAKE);
    }

    @Test
    void stolenTokenIsUselessElsewhere() {
        shakeHands(a, b, B, 0);
        shakeHands(c, a, A, 0);
        byte[] token = a.sealFor(B, TOKEN);
        assertRejected(c, token, 0, RejectReason.MISDIRECTED);
        assertOpens(b, token, A, 0);
        assertRejected(a, hello(c.due(20 * MILLI), B), 20 * MILLI, RejectReason.MISDIRECTED);
    }

    @Test
    void otherKeyAndOtherClusterAreRefused() {
        PacketSecurity stranger = boots.boot(A, 0, SecurityLimits.DEFAULTS, ClusterKey.generate(new Random(99)));
        assertRejected(b, hello(stranger.due(0), B), 0, RejectReason.AUTHENTICATION);
        PacketSecurity elsewhere = new PacketSecurity(
                new SecurityConfig("billing", A, new TreeSet<>(List.of(B)), boots.key(), 1), new Random(1), 0);
        assertRejected(b, hello(elsewhere.due(0), B), 0, RejectReason.AUTHENTICATION);
        PacketSecurity newKey =
                boots.boot(A, 0, SecurityLimits.DEFAULTS, boots.key().withId(2));
        assertRejected(b, hello(newKey.due(0), B), 0, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void keysChangeWithoutAPause() {
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        PacketSecurity oldFirst = boots.boot(A, 0, SecurityLimits.DEFAULTS, boots.key(), next);
        PacketSecurity newFirst = boots.boot(B, 0, SecurityLimits.DEFAULTS, next, boots.key());
        shakeHands(oldFirst, newFirst, B, 0);
        assertOpens(newFirst, oldFirst.seal(TOKEN), A, 0);
        assertOpens(oldFirst, newFirst.seal(TOKEN), B, 0);
        assertThat(oldFirst.report(0).confirmedPeers()).containsEntry(B, 2);
    }

    @Test
    void keysChangeWhileRunning() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        a.changeKeys(List.of(old, next), 0);
        b.changeKeys(List.of(old, next), 0);
        a.changeKeys(List.of(next, old), MILLI);
        byte[] confirmation = reply(a, reply(b, hello(a.due(MILLI), B), MILLI), MILLI);
        open(b, confirmation, MILLI);
        assertOpens(b, a.seal(TOKEN), A, MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(next), 2 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this node sends with key 1");
        a.due(1_100 * MILLI);
        assertThat(a.report(0).keyId()).isEqualTo(2);
        assertOpens(b, a.seal(TOKEN), A, 1_100 * MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(next), 1_100 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node 2 still sends with key 1");
        assertThat(a.report(0).acceptedKeyIds()).containsExactly(1, 2);
    }

    /** A change that was taken back has begun a session that is still to come. */
    @Test
    void aKeyIsNotDroppedWhileASessionUnderItWaits() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        a.changeKeys(List.of(next, old), 0);
        a.due(0);
        a.changeKeys(List.of(old, next), MILLI);
        assertThatThrownBy(() -> a.changeKeys(List.of(old), 2 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this node sends with key 2");
    }

    /** A session under the new key is confirmed a while before its peer sends in it. */
    @Test
    void aKeyIsNotDroppedWhileDataStillComesUnderIt() {
        ClusterKey old = boots.key();
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        assertOpens(b, a.seal(TOKEN), A, 0);
        a.changeKeys(List.of(old, next), 0);
        b.changeKeys(List.of(next, old), 0);
        b.due(0);
        b.due(1_100 * MILLI);
        a.changeKeys(List.of(next, old), 1_100 * MILLI);
        open(b, reply(a, reply(b, hello(a.due(1_100 * MILLI), B), 1_100 * MILLI), 1_100 * MILLI), 1_100 * MILLI);
        assertThat(b.report(0).confirmedPeers()).containsEntry(A, 2);
        assertOpens(b, a.seal(TOKEN), A, 1_200 * MILLI);
        assertThatThrownBy(() -> b.changeKeys(List.of(next), 1_200 * MILLI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node 1 still sends with key 1");
        a.due(2_200 * MILLI);
        assertOpens(b, a.seal(TOKEN), A, 2_200 * MILLI);
        b.changeKeys(List.of(next), 2_200 * MILLI);
        assertThat(b.report(0).acceptedKeyIds()).containsExactly(2);
    }

    @Test
    void aDroppedKeyOpensNothing() {
        ClusterKey next = ClusterKey.generate(new Random(5)).withId(2);
        shakeHands(a, b, B, 0);
        b.changeKeys(List.of(next, boots.key()), 0);
        b.due(0);
        b.due(1_100 * MILLI);
        long quiet = 12_000 * MILLI;
        b.changeKeys(List.of(next), quiet);
        assertRejected(b, a.seal(TOKEN), quiet, RejectReason.UNKNOWN_SESSION);
        assertRejected(b, hello(boots.boot(A, quiet).due(quiet), B), quiet, RejectReason.UNKNOWN_KEY);
    }

    @Test
    void wrongAddressIsRefusedBeforeAnyCryptography() {
        byte[] hello = hello(a.due(0), B);
        OpenResult result = b.open(hello, hello.length, sender -> false, 0);
        assertThat(result).isEqualTo(new Rejected(RejectReason.ADDRESS));
    }

    @Test
    void everyAlteredByteIsNoticed() {
        shakeHands(a, b, B, 0);
        byte[] packet = a.seal(TOKEN);
        byte[] hello = hello(boots.boot(A, 0).due(0), B);
        for (int bit = 0; bit < packet.length * Byte.SIZE; bit++) {
            assertThat(open(b, flipped(packet, bit), 0)).isInstanceOf(Rejected.class);
        }
        for (int bit = 0; bit < hello.length * Byte.SIZE; bit++) {
            long now = 1_000 * MILLI + bit * 10 * MILLI;
            assertThat(open(b, flipped(hello, bit), now)).isInstanceOf(Rejected.class);
        }
        assertOpens(b, packet, A, 0);
    }

    @Test
    void answersAreNoLargerThanQuestions() {
        byte[] hello = hello(a.due(0), B);
        byte[] acknowledgement = reply(b, hello, 0);
        byte[] confirmation = reply(a, acknowledgement, 0);
        assertThat(acknowledgement.length).isLessThanOrEqualTo(hello.length);
        assertThat(confirmation.length).isLessThanOrEqualTo(acknowledgement.length);
    }

    @Test
    void answersToAFloodOfHellosAreLimited() {
        byte[] hello = hello(a.due(0), B);
        int answers = 0;
        for (int i = 0; i < 10_000; i++) {
            if (open(b, hello, i * MILLI / 10) instanceof HandshakeReply) {
                answers++;
            }
        }
        assertThat(answers).isBetween(200, 260);
        assertThat(b.report(0).rejected().get(RejectReason.RATE_LIMIT)).isEqualTo(10_000L - answers);
    }

    @Test
    void changesItsKeyBeforeTheBoundWithoutLosingAPacket() {
        SecurityLimits limits = SecurityLimits.DEFAULTS.withRekeyPackets(160);
        PacketSecurity sender = boots.boot(A, 0, limits, boots.key());
        shakeHands(sender, b, B, 0);
        TreeSet<Long> sessions = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            long now = i * 100 * MILLI;
            byte[] packet = sender.seal(TOKEN);
            sessions.add(PacketHeader.read(packet).sessionId());
            assertOpens(b, packet, A, now);
            carry(sender, b, B, now);
        }
        assertThat(sessions).hasSizeBetween(6, 8);
    }

    @Test
    void neverSealsPastTheBoundEvenIfNobodyCallsDue() {
        SecurityLimits limits = SecurityLimits.DEFAULTS.withRekeyPackets(16);
        PacketSecurity sender = boots.boot(A, 0, limits, boots.key());
        for (int i = 0; i < 100; i++) {
            assertThat(PacketHeader.read(sender.seal(TOKEN)).counter()).isLessThan(16);
        }
    }

    @Test
    void garbageIsRejectedAndCounted() {
        shakeHands(a, b, B, 0);
        byte[] sample = a.seal(TOKEN);
        byte[] hello = hello(boots.boot(A, 0).due(0), B);
        Random random = new Random(42);
        long before = b.report(0).rejectedTotal();
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = garbage(random, random.nextBoolean() ? sample : hello);
            assertThat(b.open(garbage, garbage.length, SourceCheck.ANY, i * MILLI))
                    .isInstanceOf(Rejected.class);
        }
        assertThat(b.report(0).rejectedTotal() - before).isEqualTo(20_000);
        assertOpens(b, a.seal(TOKEN), A, 0);
    }

    @Test
    void sameSeedGivesTheSameBytes() {
        byte[] first = new Boots(3).boot(A, 0).seal(TOKEN);
        byte[] second = new Boots(3).boot(A, 0).seal(TOKEN);
        assertThat(first).isEqualTo(second);
    }

    /** Random bytes: alone, behind the beginning of a real packet, or in place of some of its bytes. */
    private static byte[] garbage(Random random, byte[] sample) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        int kept = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(sample.length, garbage.length + 1));
        System.arraycopy(sample, 0, garbage, 0, kept);
        return garbage;
    }

    private static byte[] flipped(byte[] packet, int bit) {
        byte[] copy = packet.clone();
        copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return copy;
    }

    /** Carries what is due from {@code sender}, and the answers to it. */
    private static void carry(PacketSecurity sender, PacketSecurity receiver, NodeId receiverId, long now) {
        for (OutgoingHandshake due : sender.due(now)) {
            if (due.target().equals(receiverId)) {
                open(receiver, reply(sender, reply(receiver, due.datagram(), now), now), now);
            }
        }
    }

    private static void assertOpens(PacketSecurity receiver, byte[] packet, NodeId sender, long now) {
        assertThat(open(receiver, packet, now)).isInstanceOfSatisfying(Opened.class, opened -> {
            assertThat(opened.sender()).isEqualTo(sender);
            assertThat(opened.plaintext()).isEqualTo(ByteBuffer.wrap(TOKEN));
        });
    }

    private static void assertRejected(PacketSecurity receiver, byte[] packet, long now, RejectReason reason) {
        assertThat(open(receiver, packet, now)).isEqualTo(new Rejected(reason));
    }
}
