package dev.ha4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Incarnation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which machine, which boot, which directory: what a new life's proof rests on. */
class IdentityTest {

    @TempDir
    Path root;

    @Test
    void aDirectoryKeepsItsName() throws IOException {
        assertThat(idOf("state")).hasSize(32).isEqualTo(idOf("state")).isNotEqualTo(idOf("other"));
    }

    @Test
    void aCopyOfADirectoryHasANameOfItsOwn() throws IOException {
        String original = idOf("state");
        Files.createDirectories(root.resolve("copy"));
        Files.copy(root.resolve("state/lock"), root.resolve("copy/lock"));
        Files.copy(root.resolve("state/identity"), root.resolve("copy/identity"));

        assertThat(idOf("copy")).isNotEqualTo(original).isEqualTo(idOf("copy"));
    }

    @Test
    void aNameThatCannotBeReadIsReplaced() throws IOException {
        String original = idOf("state");
        Files.writeString(root.resolve("state/identity"), "ha4j-dir");

        assertThat(idOf("state")).isNotEqualTo(original).isEqualTo(idOf("state"));
    }

    @Test
    void theNameIsNoFileOfTheDisk() throws IOException {
        try (FileDisk disk = FileDisk.open(root.resolve("state"))) {
            assertThat(disk.list()).isEmpty();
        }
    }

    @Test
    void aMachineIsKnownByItsIdAndItsBoot() throws IOException {
        write("etc/machine-id", "m1\n");
        write("proc/sys/kernel/random/boot_id", "b1\n");

        assertThat(MachineIdentity.read(root, Map.of())).isEqualTo(new MachineIdentity("m1", "b1"));
    }

    @Test
    void theMachineIdOfAContainerIsThatOfItsImage() throws IOException {
        write("etc/machine-id", "m1\n");
        write("proc/sys/kernel/random/boot_id", "b1\n");

        MachineIdentity inside = MachineIdentity.read(root, Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        write("proc/sys/kernel/random/boot_id", "b2\n");
        MachineIdentity elsewhere = MachineIdentity.read(root, Map.of("container", "podman"));

        assertThat(elsewhere
                        .newIncarnation("d")
                        .provesEndOf(inside.newIncarnation("d"))
                        .name())
                .isEqualTo("NONE");
        write(".dockerenv", "");
        assertThat(MachineIdentity.read(root, Map.of())).isEqualTo(elsewhere);
    }

    @Test
    void withoutAnyIdNoRebootIsEverProven() throws IOException {
        MachineIdentity unknown = MachineIdentity.read(root, Map.of());
        assertThat(unknown.bootId()).isEqualTo(Incarnation.UNKNOWN_BOOT);
        write("proc/sys/kernel/random/boot_id", "b1\n");
        MachineIdentity known = MachineIdentity.read(root, Map.of());

        assertThat(known.newIncarnation("d")
                        .provesEndOf(unknown.newIncarnation("d"))
                        .name())
                .isEqualTo("NONE");
    }

    private String idOf(String directory) throws IOException {
        try (FileDisk disk = FileDisk.open(root.resolve(directory))) {
            return disk.id();
        }
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), content);
    }
}
