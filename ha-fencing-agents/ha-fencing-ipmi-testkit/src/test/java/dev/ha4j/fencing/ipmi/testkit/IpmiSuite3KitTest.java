package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.kit.FenceDeviceKit;
import dev.ha4j.fencing.kit.FenceRig;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class IpmiSuite3KitTest extends FenceDeviceKit {

    @TempDir
    Path directory;

    @Override
    protected FenceRig newRig() throws IOException {
        return new IpmiRig(directory, 3);
    }
}
