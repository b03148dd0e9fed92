package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.ipmi.Ipmi;
import dev.ha4j.fencing.ipmi.IpmiFenceDevice;
import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.Secret;
import dev.ha4j.fencing.kit.Fault;
import dev.ha4j.fencing.kit.FenceRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Our device before a simulated BMC; credentials come from files, so that they can be changed under way. */
final class IpmiRig implements FenceRig {

    static final String PASSWORD = "pässwort-geheim";

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final AtomicBoolean power = new AtomicBoolean(true);
    private final BmcSimulator bmc;
    private final Path userFile;
    private final Path passwordFile;
    private final IpmiFenceDevice device;
    private final IpmiFenceDevice secondDevice;

    IpmiRig(Path directory, int cipherSuite) throws IOException {
        bmc = BmcSimulator.builder()
                .user("fence", PASSWORD, Privilege.ADMINISTRATOR)
                .viewer("viewer", PASSWORD)
                .chassis(ChassisControl.ofSwitch(power))
                .start();
        userFile = directory.resolve("user");
        passwordFile = directory.resolve("password");
        writeCredentials("fence", PASSWORD);
        device = newDevice(cipherSuite);
        secondDevice = newDevice(cipherSuite);
    }

    private IpmiFenceDevice newDevice(int cipherSuite) {
        return Ipmi.device("bmc-a")
                .target("a")
                .address(bmc.host())
                .credentials(Secret.file(userFile), Secret.file(passwordFile))
                .port(bmc.port())
                .cipherSuite(cipherSuite);
    }

    BmcSimulator bmc() {
        return bmc;
    }

    @Override
    public IpmiFenceDevice device() {
        return device;
    }

    @Override
    public FenceDevice secondDevice() {
        return secondDevice;
    }

    @Override
    public boolean isOn() {
        return power.get();
    }

    @Override
    public void turn(boolean on) {
        power.set(on);
    }

    @Override
    public int commandsReceived() {
        return bmc.ordersReceived();
    }

    @Override
    public boolean inject(Fault fault) {
        BmcFaults faults = bmc.faults();
        switch (fault) {
            case WRONG_IDENTITY -> faults.assumesGuid("ffffffffffffffffffffffffffffffff");
            case IGNORES_COMMANDS -> faults.ignoresOrders(true);
            case FAILS_COMMANDS -> faults.failsOrders();
            case ACTS_LATE -> faults.lateOrders(A_MINUTE);
            case LOSES_ANSWERS -> faults.losesOrderAnswers(true);
            case SLOW -> faults.slowOrders(A_MINUTE);
            case FLICKERS -> faults.flickers(true);
            case UNREACHABLE -> faults.unreachable(true);
            case CREDENTIALS_REVOKED -> writeCredentials("fence", "not-the-password");
            case LACKS_PRIVILEGE -> writeCredentials("viewer", PASSWORD);
        }
        return true;
    }

    @Override
    public void heal() {
        bmc.faults().clear();
        writeCredentials("fence", PASSWORD);
    }

    @Override
    public List<String> secrets() {
        return List.of(PASSWORD, "not-the-password");
    }

    private void writeCredentials(String user, String password) {
        try {
            Files.writeString(userFile, user + "\n");
            Files.writeString(passwordFile, password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bmc.close();
    }
}
