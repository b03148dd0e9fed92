package dev.ha4j.node.rehearsal;

import dev.ha4j.runtime.Disk;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Files in memory. Nodes on the stage are killed between two writes only, so that all that was written is safe. */
final class StageDisk implements Disk {

    private final TreeMap<String, byte[]> files = new TreeMap<>();

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name)).map(byte[]::clone);
    }

    @Override
    public void append(String name, byte[] bytes) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(content(name));
        whole.writeBytes(bytes);
        files.put(name, whole.toByteArray());
    }

    @Override
    public void truncate(String name, long length) {
        files.put(name, Arrays.copyOf(content(name), (int) length));
    }

    @Override
    public void force(String name) {}

    @Override
    public void rename(String from, String to) {
        files.put(to, content(from));
        files.remove(from);
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }

    @Override
    public void forceNames() {}

    private byte[] content(String name) {
        return files.getOrDefault(name, new byte[0]);
    }
}
