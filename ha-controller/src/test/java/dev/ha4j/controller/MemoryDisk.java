package dev.ha4j.controller;

import dev.ha4j.runtime.Disk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A disk that forgets at a crash what was not forced. */
final class MemoryDisk implements Disk {

    private final TreeMap<String, byte[]> written = new TreeMap<>();
    private final TreeMap<String, byte[]> safe = new TreeMap<>();
    private boolean broken;
    private boolean failingForces;
    private int room = Integer.MAX_VALUE;

    void breakDown() {
        broken = true;
    }

    /** Whether forces fail from now on: what was written can be read, and is gone after a crash. */
    void failForces(boolean value) {
        failingForces = value;
    }

    /** Of what is appended from now on, so many bytes are taken; then the disk is full. */
    void roomFor(int bytes) {
        room = bytes;
    }

    void crash() {
        written.clear();
        safe.forEach((name, bytes) -> written.put(name, bytes.clone()));
    }

    /** Changes what is stored, as a fault would. */
    void damage(String name, java.util.function.UnaryOperator<byte[]> change) {
        byte[] bytes = change.apply(written.get(name).clone());
        written.put(name, bytes);
        safe.put(name, bytes.clone());
    }

    void lose(String name) {
        written.remove(name);
        safe.remove(name);
    }

    MemoryDisk copy() {
        MemoryDisk other = new MemoryDisk();
        written.forEach((name, bytes) -> other.written.put(name, bytes.clone()));
        safe.forEach((name, bytes) -> other.safe.put(name, bytes.clone()));
        return other;
    }

    @Override
    public List<String> list() {
        return new ArrayList<>(written.keySet());
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(written.get(name)).map(byte[]::clone);
    }

    @Override
    public void append(String name, byte[] bytes) throws IOException {
        check();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(written.getOrDefault(name, new byte[0]));
        int taken = Math.min(room, bytes.length);
        all.write(bytes, 0, taken);
        room -= taken;
        written.put(name, all.toByteArray());
        if (taken < bytes.length) {
            throw new IOException("no space left on device");
        }
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        check();
        written.put(name, Arrays.copyOf(written.get(name), (int) length));
    }

    @Override
    public void force(String name) throws IOException {
        check();
        if (failingForces) {
            throw new IOException("the device reports a write error");
        }
        safe.put(name, written.get(name).clone());
    }

    @Override
    public void rename(String from, String to) throws IOException {
        check();
        written.put(to, written.remove(from));
        if (safe.containsKey(from)) {
            safe.put(to, safe.remove(from));
        }
    }

    @Override
    public void delete(String name) throws IOException {
        check();
        written.remove(name);
        safe.remove(name);
    }

    @Override
    public void forceNames() throws IOException {
        check();
    }

    private void check() throws IOException {
        if (broken) {
            throw new IOException("no medium");
        }
    }
}
