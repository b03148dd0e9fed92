package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.Octets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says what a simulated BMC is like. Not thread-safe. */
public final class BmcSimulatorBuilder {

    private static final int GUID_BYTES = 16;

    private final List<BmcUser> users = new ArrayList<>();
    private Set<CipherSuite> suites = EnumSet.allOf(CipherSuite.class);
    private ChassisControl chassis = ChassisControl.ofSwitch(new AtomicBoolean(true));
    private String guid = "a123456789abcdefa123456789abcdef";
    private InetSocketAddress bindAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    BmcSimulatorBuilder() {}

    /** Adds a user who may open sessions up to a privilege level. */
    public BmcSimulatorBuilder user(String name, String password, Privilege highest) {
        users.add(new BmcUser(name, password, BmcUser.level(highest)));
        return this;
    }

    /** Adds a user who may look but not switch. */
    public BmcSimulatorBuilder viewer(String name, String password) {
        users.add(new BmcUser(name, password, BmcUser.USER_LEVEL));
        return this;
    }

    /** Allows one cipher suite alone, by its number; by default 3 and 17 are allowed. */
    public BmcSimulatorBuilder onlyCipherSuite(int number) {
        suites = EnumSet.of(CipherSuite.numbered(number));
        return this;
    }

    /** What to switch; by default a switch that is on. */
    public BmcSimulatorBuilder chassis(ChassisControl newChassis) {
        chassis = Objects.requireNonNull(newChassis, "newChassis");
        return this;
    }

    /** The GUID as 32 hexadecimal digits; all zeros for a BMC that has none. */
    public BmcSimulatorBuilder guid(String newGuid) {
        Octets octets = Octets.ofHex(newGuid);
        if (octets.length() != GUID_BYTES) {
            throw new IllegalArgumentException("a GUID has 32 hexadecimal digits, not " + newGuid);
        }
        guid = octets.toHex();
        return this;
    }

    /** Where to listen; by default a free port of the loopback interface. */
    public BmcSimulatorBuilder bind(InetSocketAddress newAddress) {
        bindAddress = Objects.requireNonNull(newAddress, "newAddress");
        return this;
    }

    /** Where to listen on the loopback interface. */
    public BmcSimulatorBuilder port(int port) {
        return bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Starts the BMC.
     *
     * @throws IOException if the port can't be bound
     */
    public BmcSimulator start() throws IOException {
        return new BmcSimulator(this);
    }

    List<BmcUser> users() {
        return List.copyOf(users);
    }

    Set<CipherSuite> suites() {
        return Set.copyOf(suites);
    }

    ChassisControl chassis() {
        return chassis;
    }

    String guid() {
        return guid;
    }

    InetSocketAddress bindAddress() {
        return bindAddress;
    }
}
