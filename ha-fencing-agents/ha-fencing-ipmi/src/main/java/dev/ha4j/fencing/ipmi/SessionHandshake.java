package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionRequest;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionResponse;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp1;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp2;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp3;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp4;
import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.RakpStatus;
import dev.ha4j.fencing.ipmi.wire.RakpTranscript;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import dev.ha4j.fencing.ipmi.wire.SessionCipher;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Opens a session: Open Session, RAKP 1 to 4 (IPMI 2.0, 13.15). When an answer gets lost the whole exchange begins anew
 * with new numbers, because BMCs differ in what they do with a repeated RAKP message.
 */
final class SessionHandshake {

    private static final int RANDOM_BYTES = 16;

    private final IpmiSettings settings;
    private final UdpExchange udp;
    private final TimeLimit limit;
    private final SecureRandom random;
    private final Octets userName;
    private final Octets password;
    private final Octets bmcKey;

    SessionHandshake(IpmiSettings settings, UdpExchange udp, TimeLimit limit, SecureRandom random)
            throws IpmiException {
        this.settings = settings;
        this.udp = udp;
        this.limit = limit;
        this.random = random;
        this.userName = Octets.of(settings.userName().reveal("user name", RakpTranscript.MAX_USER_NAME_BYTES));
        this.password = Octets.of(settings.password().reveal("password", RakpTranscript.KEY_BYTES));
        this.bmcKey = settings.bmcKey().isEmpty()
                ? password
                : Octets.of(settings.bmcKey().get().reveal("BMC key", RakpTranscript.KEY_BYTES));
    }

    BmcSession open() throws IpmiException, InterruptedException {
        for (int attempt = 1; attempt <= settings.pace().tries() && !limit.isOver(); attempt++) {
            Optional<BmcSession> session = attempt();
            if (session.isPresent()) {
                return session.get();
            }
        }
        throw IpmiException.undecided("the BMC does not answer (" + udp.rejectedDatagrams() + " datagrams rejected)");
    }

    private Optional<BmcSession> attempt() throws IpmiException, InterruptedException {
        int tag = random.nextInt(256);
        int consoleSessionId = random.nextInt(1, Integer.MAX_VALUE);
        OpenSessionRequest request = new OpenSessionRequest(
                tag,
                settings.privilege().level(),
                consoleSessionId,
                settings.suite().algorithms());
        Optional<OpenSessionResponse> granted = ask(request, OpenSessionResponse.class);
        return granted.isEmpty() ? Optional.empty() : challenge(tag, consoleSessionId, granted.get());
    }

    private Optional<BmcSession> challenge(int tag, int consoleSessionId, OpenSessionResponse granted)
            throws IpmiException, InterruptedException {
        requireOk(granted.status());
        if (granted.consoleSessionId() != consoleSessionId
                || !CipherSuite.of(granted.algorithms()).equals(Optional.of(settings.suite()))) {
            throw IpmiException.refused("the BMC granted another session or cipher suite than was asked for");
        }
        Octets consoleRandom = randomOctets();
        Rakp1 rakp1 = new Rakp1(
                tag + 1 & 0xFF,
                granted.bmcSessionId(),
                consoleRandom,
                settings.privilege().role(),
                userName);
        Optional<Rakp2> rakp2 = ask(rakp1, Rakp2.class);
        return rakp2.isEmpty() ? Optional.empty() : prove(rakp1, consoleSessionId, rakp2.get());
    }

    private Optional<BmcSession> prove(Rakp1 rakp1, int consoleSessionId, Rakp2 rakp2)
            throws IpmiException, InterruptedException {
        requireOk(rakp2.status());
        RakpTranscript transcript = new RakpTranscript(
                settings.suite(),
                consoleSessionId,
                rakp1.bmcSessionId(),
                rakp1.consoleRandom(),
                rakp2.bmcRandom(),
                rakp2.bmcGuid(),
                rakp1.role(),
                userName);
        int tag = rakp1.tag() + 1 & 0xFF;
        if (rakp2.consoleSessionId() != consoleSessionId || !rakp2.code().equals(transcript.rakp2Code(password))) {
            udp.send(new Rakp3(tag, RakpStatus.INVALID_CODE, rakp1.bmcSessionId(), Octets.EMPTY).toDatagram());
            throw IpmiException.refused("the password is wrong, or this is not the BMC that knows it");
        }
        Rakp3 rakp3 = new Rakp3(tag, RakpStatus.OK, rakp1.bmcSessionId(), transcript.rakp3Code(password));
        Optional<Rakp4> rakp4 = ask(rakp3, Rakp4.class);
        return rakp4.isEmpty() ? Optional.empty() : Optional.of(conclude(transcript, rakp4.get()));
    }

    private BmcSession conclude(RakpTranscript transcript, Rakp4 rakp4) throws IpmiException {
        requireOk(rakp4.status());
        Octets integrityKey = transcript.sessionIntegrityKey(bmcKey);
        if (rakp4.consoleSessionId() != transcript.consoleSessionId()
                || !rakp4.code().equals(transcript.rakp4Code(integrityKey))) {
            throw IpmiException.refused("the BMC key is wrong, or this is not the BMC that knows it");
        }
        SessionCipher cipher = new SessionCipher(settings.suite(), integrityKey);
        return new BmcSession(settings.pace(), udp, limit, random, transcript, cipher);
    }

    private <T extends HandshakeMessage> Optional<T> ask(HandshakeMessage question, Class<T> answerType)
            throws IpmiException, InterruptedException {
        udp.send(question.toDatagram());
        return udp.receive(datagram -> answer(datagram, question.tag(), answerType), limit.nextTryNanos());
    }

    private static <T extends HandshakeMessage> Optional<T> answer(Octets datagram, int tag, Class<T> answerType) {
        return RmcpPacket.decode(datagram)
                .flatMap(packet -> HandshakeMessage.decode(packet.payloadType(), packet.payload()))
                .filter(message -> message.tag() == tag)
                .filter(answerType::isInstance)
                .map(answerType::cast);
    }

    private static void requireOk(int status) throws IpmiException {
        if (status != RakpStatus.OK) {
            throw IpmiException.refused(RakpStatus.explain(status));
        }
    }

    private Octets randomOctets() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }
}
