package dev.ha4j.fencing.ipmi;

import java.security.SecureRandom;

/** Opens sessions to one BMC, ready for power control. */
final class Connector {

    private final IpmiSettings settings;
    private final SecureRandom random = new SecureRandom();

    Connector(IpmiSettings settings) {
        this.settings = settings;
    }

    BmcSession open(TimeLimit limit) throws IpmiException, InterruptedException {
        UdpExchange udp = UdpExchange.connect(settings.address());
        BmcSession session = handshake(udp, limit);
        boolean ready = false;
        try {
            session.raisePrivilege(settings.privilege());
            ready = true;
            return session;
        } finally {
            if (!ready) {
                session.close();
            }
        }
    }

    private BmcSession handshake(UdpExchange udp, TimeLimit limit) throws IpmiException, InterruptedException {
        boolean opened = false;
        try {
            BmcSession session = new SessionHandshake(settings, udp, limit, random).open();
            opened = true;
            return session;
        } finally {
            if (!opened) {
                udp.close();
            }
        }
    }
}
