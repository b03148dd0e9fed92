package dev.ha4j.totem.security.packet;

import static dev.ha4j.totem.security.packet.Boots.A;
import static dev.ha4j.totem.security.packet.Boots.B;
import static dev.ha4j.totem.security.packet.Boots.C;
import static dev.ha4j.totem.security.packet.Boots.MILLI;
import static dev.ha4j.totem.security.packet.Boots.TOKEN;
import static dev.ha4j.totem.security.packet.Boots.assertOpens;
import static dev.ha4j.totem.security.packet.Boots.hello;
import static dev.ha4j.totem.security.packet.Boots.open;
import static dev.ha4j.totem.security.packet.Boots.reply;
import static dev.ha4j.totem.security.packet.Boots.shakeHands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** However much comes, it makes little work, fills nothing and is not amplified. */
class FloodsTest {

    private final Boots boots = new Boots(7);
    private final PacketSecurity a = boots.boot(A, 0);
    private final PacketSecurity b = boots.boot(B, 0);
    private final PacketSecurity c = boots.boot(C, 0);

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

    /** Random bytes: alone, behind the beginning of a real packet, or in place of some of its bytes. */
    private static byte[] garbage(Random random, byte[] sample) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        int kept = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(sample.length, garbage.length + 1));
        System.arraycopy(sample, 0, garbage, 0, kept);
        return garbage;
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
}
