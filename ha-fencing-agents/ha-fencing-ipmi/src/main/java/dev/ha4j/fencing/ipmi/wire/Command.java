package dev.ha4j.fencing.ipmi.wire;

import java.util.Optional;

/** The IPMI commands that fencing needs. Each may be repeated without a different outcome. */
public enum Command {
    /** Reads whether the power is on. */
    GET_CHASSIS_STATUS(0x00, 0x01),
    /** Switches the power. */
    CHASSIS_CONTROL(0x00, 0x02),
    /** Reads make and version of the BMC. */
    GET_DEVICE_ID(0x06, 0x01),
    /** Reads the name of the machine. */
    GET_SYSTEM_GUID(0x06, 0x37),
    /** Asks, before a session, what the channel can do. */
    GET_CHANNEL_AUTHENTICATION_CAPABILITIES(0x06, 0x38),
    /** Raises the session's privilege, which starts at USER. */
    SET_SESSION_PRIVILEGE_LEVEL(0x06, 0x3B),
    /** Ends the session. */
    CLOSE_SESSION(0x06, 0x3C),
    /** Asks, before a session, for the cipher suites. */
    GET_CHANNEL_CIPHER_SUITES(0x06, 0x54);

    private final int networkFunction;
    private final int number;

    Command(int networkFunction, int number) {
        this.networkFunction = networkFunction;
        this.number = number;
    }

    /** The command of a request, if it is one of these. */
    public static Optional<Command> of(IpmiRequest request) {
        for (Command command : values()) {
            if (command.networkFunction == request.networkFunction() && command.number == request.command()) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** A request for this command. */
    public IpmiRequest request(int sequence, Octets data) {
        return new IpmiRequest(sequence, networkFunction, number, data);
    }
}
