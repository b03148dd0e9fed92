package dev.ha4j.totem.security.packet;

import static dev.ha4j.totem.security.packet.Boots.A;
import static dev.ha4j.totem.security.packet.Boots.B;
import static dev.ha4j.totem.security.packet.Boots.MILLI;
import static dev.ha4j.totem.security.packet.Boots.TOKEN;
import static dev.ha4j.totem.security.packet.Boots.assertOpens;
import static dev.ha4j.totem.security.packet.Boots.assertRejected;
import static dev.ha4j.totem.security.packet.Boots.flipped;
import static dev.ha4j.totem.security.packet.Boots.hello;
import static dev.ha4j.totem.security.packet.Boots.open;
import static dev.ha4j.totem.security.packet.Boots.reply;
import static dev.ha4j.totem.security.packet.Boots.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was recorded and is played again, and a second process with the id of one that lives. */
class ReplaysTest {

    private final Boots boots = new Boots(7);
    private final PacketSecurity a = boots.boot(A, 0);
    private final PacketSecurity b = boots.boot(B, 0);

    @Test
    void packetIsOpenedOnce() {
        shakeHands(a, b, B, 0);
        byte[] packet = a.seal(TOKEN);
        assertOpens(b, packet, A, 0);
        assertRejected(b, packet, 0, RejectReason.REPLAY);
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
    void answersExpireAndCountOnce() {
        byte[] acknowledgement = reply(b, hello(a.due(0), B), 0);
        assertRejected(a, acknowledgement, 1_001 * MILLI, RejectReason.STALE_HANDSHAKE);
        byte[] inTime = reply(b, hello(a.due(1_001 * MILLI), B), 1_001 * MILLI);
        reply(a, inTime, 1_002 * MILLI);
        assertRejected(a, inTime, 1_002 * MILLI, RejectReason.STALE_HANDSHAKE);
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

    /** However often somebody else claims its id, a living peer's own handshakes are looked at. */
    @Test
    void aTwinDoesNotUseUpThePeersHandshakes() {
        shakeHands(a, b, B, 0);
        byte[] twins = hello(boots.boot(A, 0).due(0), B);
        for (int i = 0; i < 10_000; i++) {
            assertRejected(b, twins, MILLI, RejectReason.DUPLICATE_NODE);
        }
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
}
