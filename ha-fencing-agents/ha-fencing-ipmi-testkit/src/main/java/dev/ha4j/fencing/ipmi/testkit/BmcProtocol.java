package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.testkit.BmcSessions.Active;
import dev.ha4j.fencing.ipmi.testkit.BmcSessions.Challenged;
import dev.ha4j.fencing.ipmi.testkit.BmcSessions.Granted;
import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.Command;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionRequest;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionResponse;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp1;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp2;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp3;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp4;
import dev.ha4j.fencing.ipmi.wire.IpmiRequest;
import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.PayloadType;
import dev.ha4j.fencing.ipmi.wire.RakpStatus;
import dev.ha4j.fencing.ipmi.wire.RakpTranscript;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import dev.ha4j.fencing.ipmi.wire.SessionCipher;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The BMC's side of the protocol: a datagram in, at most one out. For one thread. */
final class BmcProtocol {

    private static final int RANDOM_BYTES = 16;
    private static final int HIGHEST_LEVEL = 4;

    private final List<BmcUser> users;
    private final Set<CipherSuite> suites;
    private final Supplier<Octets> guid;
    private final BmcCommands commands;
    private final BmcFaults faults;
    private final RandomGenerator random;
    private final BmcSessions sessions = new BmcSessions();

    BmcProtocol(
            List<BmcUser> users,
            Set<CipherSuite> suites,
            Supplier<Octets> guid,
            BmcCommands commands,
            BmcFaults faults,
            RandomGenerator random) {
        this.users = users;
        this.suites = suites;
        this.guid = guid;
        this.commands = commands;
        this.faults = faults;
        this.random = random;
    }

    /** Empty for all that deserves no answer, above all for what isn't genuine. */
    Optional<Octets> answer(Octets datagram) {
        Optional<LegacyPacket> legacy = LegacyPacket.decode(datagram);
        if (legacy.isPresent()) {
            return legacy.flatMap(packet -> IpmiRequest.decode(packet.message()))
                    .map(request ->
                            new LegacyPacket(commands.beforeSession(request).encode()).encode());
        }
        return RmcpPacket.decode(datagram)
                .flatMap(packet -> packet.sessionId() == 0
                        ? outsideSession(packet)
                        : sessions.find(packet.sessionId(), Active.class)
                                .flatMap(session -> inSession(datagram, packet, session)));
    }

    private Optional<Octets> outsideSession(RmcpPacket packet) {
        if (packet.payloadType() == PayloadType.IPMI) {
            return IpmiRequest.decode(packet.payload())
                    .map(request -> RmcpPacket.plain(
                            PayloadType.IPMI, commands.beforeSession(request).encode()));
        }
        return HandshakeMessage.decode(packet.payloadType(), packet.payload())
                .flatMap(this::handshake)
                .map(HandshakeMessage::toDatagram);
    }

    private Optional<HandshakeMessage> handshake(HandshakeMessage message) {
        if (message instanceof OpenSessionRequest request) {
            return Optional.of(grant(request));
        } else if (message instanceof Rakp1 rakp1) {
            return Optional.of(challenge(rakp1));
        } else if (message instanceof Rakp3 rakp3) {
            return conclude(rakp3);
        }
        return Optional.empty();
    }

    private HandshakeMessage grant(OpenSessionRequest request) {
        Optional<CipherSuite> suite = CipherSuite.of(request.algorithms()).filter(suites::contains);
        if (suite.isEmpty()) {
            return OpenSessionResponse.refusal(request.tag(), RakpStatus.NO_CIPHER_SUITE, request.consoleSessionId());
        }
        int id = sessions.newId();
        sessions.put(id, new Granted(request.consoleSessionId(), suite.get()));
        int level = request.privilege() == 0 ? HIGHEST_LEVEL : request.privilege();
        return new OpenSessionResponse(
                request.tag(), RakpStatus.OK, level, request.consoleSessionId(), id, request.algorithms());
    }

    private HandshakeMessage challenge(Rakp1 rakp1) {
        Optional<Granted> granted = sessions.find(rakp1.bmcSessionId(), Granted.class);
        if (granted.isEmpty()) {
            return Rakp2.refusal(rakp1.tag(), RakpStatus.INVALID_SESSION, 0);
        }
        int consoleSessionId = granted.get().consoleSessionId();
        Optional<BmcUser> user = users.stream()
                .filter(candidate -> candidate.name().equals(rakp1.userName()))
                .findFirst();
        if (user.isEmpty()) {
            return refuse(rakp1, RakpStatus.UNAUTHORIZED_NAME, consoleSessionId);
        }
        if ((rakp1.role() & 0x0F) > user.get().maxLevel()) {
            return refuse(rakp1, RakpStatus.UNAUTHORIZED_ROLE, consoleSessionId);
        }
        return challenge(rakp1, granted.get(), user.get());
    }

    private HandshakeMessage challenge(Rakp1 rakp1, Granted granted, BmcUser user) {
        RakpTranscript transcript = new RakpTranscript(
                granted.suite(),
                granted.consoleSessionId(),
                rakp1.bmcSessionId(),
                rakp1.consoleRandom(),
                randomOctets(),
                guid.get(),
                rakp1.role(),
                rakp1.userName());
        sessions.put(rakp1.bmcSessionId(), new Challenged(transcript, user));
        return new Rakp2(
                rakp1.tag(),
                RakpStatus.OK,
                granted.consoleSessionId(),
                transcript.bmcRandom(),
                transcript.bmcGuid(),
                transcript.rakp2Code(user.password()));
    }

    private HandshakeMessage refuse(Rakp1 rakp1, int status, int consoleSessionId) {
        sessions.remove(rakp1.bmcSessionId());
        return Rakp2.refusal(rakp1.tag(), status, consoleSessionId);
    }

    private Optional<HandshakeMessage> conclude(Rakp3 rakp3) {
        Optional<Challenged> challenged = sessions.find(rakp3.bmcSessionId(), Challenged.class);
        if (challenged.isEmpty()) {
            return Optional.of(new Rakp4(rakp3.tag(), RakpStatus.INVALID_SESSION, 0, Octets.EMPTY));
        }
        if (rakp3.status() != RakpStatus.OK) {
            sessions.remove(rakp3.bmcSessionId());
            return Optional.empty();
        }
        return Optional.of(conclude(rakp3, challenged.get()));
    }

    private HandshakeMessage conclude(Rakp3 rakp3, Challenged challenged) {
        RakpTranscript transcript = challenged.transcript();
        Octets password = challenged.user().password();
        if (!rakp3.code().equals(transcript.rakp3Code(password))) {
            sessions.remove(rakp3.bmcSessionId());
            return new Rakp4(rakp3.tag(), RakpStatus.INVALID_CODE, transcript.consoleSessionId(), Octets.EMPTY);
        }
        Octets integrityKey = transcript.sessionIntegrityKey(password);
        SessionCipher cipher = new SessionCipher(transcript.suite(), integrityKey);
        sessions.put(rakp3.bmcSessionId(), new Active(challenged, cipher));
        return new Rakp4(rakp3.tag(), RakpStatus.OK, transcript.consoleSessionId(), transcript.rakp4Code(integrityKey));
    }

    private Optional<Octets> inSession(Octets datagram, RmcpPacket packet, Active session) {
        return session.cipher()
                .open(datagram, packet)
                .filter(payload -> session.inbound().accept(packet.sequence()))
                .flatMap(IpmiRequest::decode)
                .flatMap(request -> answer(packet.sessionId(), request, session));
    }

    private Optional<Octets> answer(int sessionId, IpmiRequest request, Active session) {
        Octets response = commands.inSession(request, session).encode();
        Optional<Command> command = Command.of(request);
        if (command.equals(Optional.of(Command.CLOSE_SESSION))) {
            sessions.remove(sessionId);
        }
        if (command.equals(Optional.of(Command.CHASSIS_CONTROL)) && faults.isLosingOrderAnswers()) {
            return Optional.empty();
        }
        return Optional.of(
                session.cipher().seal(session.consoleSessionId(), session.nextSequence(), response, randomOctets()));
    }

    private Octets randomOctets() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }
}
