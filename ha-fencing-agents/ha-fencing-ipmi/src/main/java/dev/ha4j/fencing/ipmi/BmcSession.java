package dev.ha4j.fencing.ipmi;

import dev.ha4j.fencing.PowerState;
import dev.ha4j.fencing.ipmi.wire.Command;
import dev.ha4j.fencing.ipmi.wire.CompletionCode;
import dev.ha4j.fencing.ipmi.wire.IpmiRequest;
import dev.ha4j.fencing.ipmi.wire.IpmiResponse;
import dev.ha4j.fencing.ipmi.wire.Octets;
import dev.ha4j.fencing.ipmi.wire.RakpTranscript;
import dev.ha4j.fencing.ipmi.wire.RmcpPacket;
import dev.ha4j.fencing.ipmi.wire.SequenceWindow;
import dev.ha4j.fencing.ipmi.wire.SessionCipher;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * An open session. A message that gets no answer is sent again under a new session sequence number, which is right only
 * because every command here may be carried out twice. For one thread.
 */
final class BmcSession implements AutoCloseable {

    private static final int POWER_ON_BIT = 0x01;
    private static final int POWER_DOWN = 0x00;
    private static final int POWER_UP = 0x01;
    private static final int GUID_BYTES = 16;
    private static final int MAX_REQUEST_SEQUENCE = 63;

    private final IpmiSettings.Pace pace;
    private final UdpExchange udp;
    private final TimeLimit limit;
    private final SecureRandom random;
    private final RakpTranscript transcript;
    private final SessionCipher cipher;
    private final SequenceWindow inbound = new SequenceWindow();
    private int outboundSequence;
    private int requestSequence;

    BmcSession(
            IpmiSettings.Pace pace,
            UdpExchange udp,
            TimeLimit limit,
            SecureRandom random,
            RakpTranscript transcript,
            SessionCipher cipher) {
        this.pace = pace;
        this.udp = udp;
        this.limit = limit;
        this.random = random;
        this.transcript = transcript;
        this.cipher = cipher;
    }

    /** A session starts at USER, which may look but not switch. */
    void raisePrivilege(Privilege privilege) throws IpmiException, InterruptedException {
        Reply reply = call(Command.SET_SESSION_PRIVILEGE_LEVEL, Octets.ofUnsigned(privilege.level()));
        if (!reply.isOk()) {
            throw IpmiException.refused("no " + privilege + " session: " + reply.explanation());
        }
    }

    /**
     * What tells this machine from others: the GUID that the handshake has authenticated; for a BMC without one the
     * System GUID; and at the very least its make.
     */
    String identity() throws IpmiException, InterruptedException {
        if (!transcript.bmcGuid().isZero()) {
            return transcript.bmcGuid().toHex();
        }
        Reply guid = call(Command.GET_SYSTEM_GUID, Octets.EMPTY);
        if (guid.isOk() && guid.data().length() == GUID_BYTES && !guid.data().isZero()) {
            return guid.data().toHex();
        }
        Reply device = call(Command.GET_DEVICE_ID, Octets.EMPTY);
        if (device.isOk() && device.data().length() >= 11) {
            return "device-" + device.data().slice(6, 11).toHex();
        }
        throw IpmiException.refused("the BMC does not say who it is");
    }

    /** Unknown if the BMC has no answer at the moment. */
    PowerState power() throws IpmiException, InterruptedException {
        Reply reply = call(Command.GET_CHASSIS_STATUS, Octets.EMPTY);
        if (reply.isDefiniteRefusal()) {
            throw IpmiException.refused("can't read the power state: " + reply.explanation());
        }
        if (!reply.isOk() || reply.data().length() == 0) {
            return PowerState.UNKNOWN;
        }
        return (reply.data().unsigned(0) & POWER_ON_BIT) != 0 ? PowerState.ON : PowerState.OFF;
    }

    /** Orders a power change; the answer says no more than that the order was understood. */
    Reply order(PowerOrder order) throws IpmiException, InterruptedException {
        return switch (order) {
            case OFF -> call(Command.CHASSIS_CONTROL, Octets.ofUnsigned(POWER_DOWN));
            case ON -> call(Command.CHASSIS_CONTROL, Octets.ofUnsigned(POWER_UP));
            case NOTHING -> call(Command.GET_CHASSIS_STATUS, Octets.EMPTY);
        };
    }

    private Reply call(Command command, Octets data) throws IpmiException, InterruptedException {
        requestSequence = requestSequence % MAX_REQUEST_SEQUENCE + 1;
        IpmiRequest request = command.request(requestSequence, data);
        for (int attempt = 1; attempt <= pace.tries() && !limit.isOver(); attempt++) {
            send(request);
            Optional<IpmiResponse> response = udp.receive(datagram -> open(datagram, request), limit.nextTryNanos());
            if (response.isPresent()) {
                return new Reply(response.get(), attempt);
            }
        }
        throw IpmiException.undecided(
                "no answer to " + command + " (" + udp.rejectedDatagrams() + " datagrams rejected)");
    }

    private void send(IpmiRequest request) throws IpmiException {
        byte[] iv = new byte[SessionCipher.IV_BYTES];
        random.nextBytes(iv);
        outboundSequence++;
        udp.send(cipher.seal(transcript.bmcSessionId(), outboundSequence, request.encode(), Octets.of(iv)));
    }

    private Optional<IpmiResponse> open(Octets datagram, IpmiRequest request) {
        return RmcpPacket.decode(datagram)
                .filter(packet -> packet.sessionId() == transcript.consoleSessionId())
                .flatMap(packet -> cipher.open(datagram, packet).filter(payload -> inbound.accept(packet.sequence())))
                .flatMap(IpmiResponse::decode)
                .filter(response -> response.answers(request));
    }

    /** Says goodbye without waiting for an answer; a BMC that doesn't hear it forgets the session by itself. */
    @Override
    public void close() {
        try {
            Octets id = Octets.ofUnsigned(
                    transcript.bmcSessionId(),
                    transcript.bmcSessionId() >>> 8,
                    transcript.bmcSessionId() >>> 16,
                    transcript.bmcSessionId() >>> 24);
            send(Command.CLOSE_SESSION.request(0, id));
        } catch (IpmiException e) {
            // The session is left to its timeout in the BMC.
        } finally {
            udp.close();
        }
    }

    /** A power change that may be ordered twice without harm; cycle and reset are none and don't exist here. */
    enum PowerOrder {
        OFF,
        ON,
        /** A mere look, for rehearsals. */
        NOTHING
    }

    /** An answer, and how many times the question was sent until it came. */
    record Reply(IpmiResponse response, int attempts) {

        boolean isOk() {
            return response.completionCode() == CompletionCode.OK;
        }

        /** A no to the second copy says nothing about the first. */
        boolean isDefiniteRefusal() {
            return attempts == 1 && CompletionCode.isDefiniteRefusal(response.completionCode());
        }

        String explanation() {
            return CompletionCode.explain(response.completionCode());
        }

        Octets data() {
            return response.data();
        }
    }
}
