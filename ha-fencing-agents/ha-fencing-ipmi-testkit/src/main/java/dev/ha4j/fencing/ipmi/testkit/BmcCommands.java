package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.Command;
import dev.ha4j.fencing.ipmi.wire.CompletionCode;
import dev.ha4j.fencing.ipmi.wire.IpmiRequest;
import dev.ha4j.fencing.ipmi.wire.IpmiResponse;
import dev.ha4j.fencing.ipmi.wire.Octets;
import java.io.IOException;
import java.util.function.Supplier;

/** What the BMC answers, inside a session and before one. */
final class BmcCommands {

    private static final int OPERATOR_LEVEL = 3;
    private static final int LEVEL_TOO_HIGH = 0x81;
    private static final int CHANNEL = 0x01;

    /** IPMI 2.0 login only, with named users, no BMC key. */
    private static final Octets CAPABILITIES = Octets.ofUnsigned(CHANNEL, 0x80, 0x04, 0x02, 0, 0, 0, 0);

    /** Records of suites 3 and 17 (IPMI 2.0, 22.15.2). */
    private static final Octets CIPHER_SUITES =
            Octets.ofUnsigned(CHANNEL, 0xC0, 3, 0x01, 0x41, 0x81, 0xC0, 17, 0x03, 0x44, 0x81);

    private static final Octets DEVICE_ID =
            Octets.ofUnsigned(0x20, 0x01, 0x01, 0x00, 0x02, 0x80, 0x00, 0x00, 0x00, 0x01, 0x00);

    private final PowerSwitch power;
    private final Supplier<Octets> guid;

    BmcCommands(PowerSwitch power, Supplier<Octets> guid) {
        this.power = power;
        this.guid = guid;
    }

    IpmiResponse beforeSession(IpmiRequest request) {
        return Command.of(request)
                .map(command -> beforeSession(command, request))
                .orElseGet(() -> unknown(request));
    }

    private IpmiResponse beforeSession(Command command, IpmiRequest request) {
        return switch (command) {
            case GET_CHANNEL_AUTHENTICATION_CAPABILITIES -> request.answer(CompletionCode.OK, CAPABILITIES);
            case GET_CHANNEL_CIPHER_SUITES -> cipherSuites(request);
            case GET_SYSTEM_GUID -> request.answer(CompletionCode.OK, guid.get());
            default -> request.answer(CompletionCode.INSUFFICIENT_PRIVILEGE, Octets.EMPTY);
        };
    }

    /** The list comes in pieces of 16 bytes; ours has one. */
    private static IpmiResponse cipherSuites(IpmiRequest request) {
        int piece = request.data().length() < 3 ? 0 : request.data().unsigned(2) & 0x3F;
        return request.answer(CompletionCode.OK, piece == 0 ? CIPHER_SUITES : Octets.ofUnsigned(CHANNEL));
    }

    IpmiResponse inSession(IpmiRequest request, BmcSessions.Active session) {
        return Command.of(request)
                .map(command -> inSession(command, request, session))
                .orElseGet(() -> unknown(request));
    }

    private IpmiResponse inSession(Command command, IpmiRequest request, BmcSessions.Active session) {
        return switch (command) {
            case GET_CHASSIS_STATUS -> chassisStatus(request);
            case CHASSIS_CONTROL -> chassisControl(request, session);
            case GET_DEVICE_ID -> request.answer(CompletionCode.OK, DEVICE_ID);
            case SET_SESSION_PRIVILEGE_LEVEL -> raise(request, session);
            case CLOSE_SESSION -> request.answer(CompletionCode.OK, Octets.EMPTY);
            case GET_SYSTEM_GUID, GET_CHANNEL_AUTHENTICATION_CAPABILITIES, GET_CHANNEL_CIPHER_SUITES ->
                beforeSession(command, request);
        };
    }

    private IpmiResponse chassisStatus(IpmiRequest request) {
        try {
            return request.answer(CompletionCode.OK, Octets.ofUnsigned(power.reading() ? 1 : 0, 0, 0));
        } catch (IOException e) {
            return request.answer(CompletionCode.UNSPECIFIED, Octets.EMPTY);
        }
    }

    private IpmiResponse chassisControl(IpmiRequest request, BmcSessions.Active session) {
        if (session.level() < OPERATOR_LEVEL) {
            return request.answer(CompletionCode.INSUFFICIENT_PRIVILEGE, Octets.EMPTY);
        }
        if (request.data().length() == 0) {
            return request.answer(CompletionCode.INVALID_DATA, Octets.EMPTY);
        }
        return request.answer(power.order(PowerOrder.of(request.data().unsigned(0) & 0x0F)), Octets.EMPTY);
    }

    private static IpmiResponse raise(IpmiRequest request, BmcSessions.Active session) {
        int wanted = request.data().length() == 0 ? 0 : request.data().unsigned(0) & 0x0F;
        if (wanted != 0 && !session.raise(wanted)) {
            return request.answer(LEVEL_TOO_HIGH, Octets.EMPTY);
        }
        return request.answer(CompletionCode.OK, Octets.ofUnsigned(session.level()));
    }

    private static IpmiResponse unknown(IpmiRequest request) {
        return request.answer(CompletionCode.INVALID_COMMAND, Octets.EMPTY);
    }
}
