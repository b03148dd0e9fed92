package dev.ha4j.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The line from one machine to the witness. Once it is cut, nothing comes through, and nobody is told. */
final class WitnessLine implements AutoCloseable {

    private static final int BUFFER_BYTES = 4096;

    private final InetSocketAddress witness;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean cut;

    WitnessLine(InetSocketAddress witness) throws IOException {
        this.witness = witness;
        this.entrance = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        inBackground("entrance", this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    /** Connections that were cut are of no use any more. */
    synchronized void heal() {
        if (cut) {
            cut = false;
            sockets.forEach(WitnessLine::closeQuietly);
            notifyAll();
        }
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (cut && !entrance.isClosed()) {
            wait();
        }
    }

    private void accept() throws IOException, InterruptedException {
        while (!entrance.isClosed()) {
            Socket caller = keep(entrance.accept());
            awaitWhole();
            inBackground("call", () -> call(caller));
        }
    }

    /** The witness may be down at this moment: then this caller is hung up on, and the next one is heard. */
    private void call(Socket caller) throws IOException {
        Socket called = keep(new Socket());
        try {
            called.connect(witness);
        } catch (IOException e) {
            hangUp(caller);
            hangUp(called);
            throw e;
        }
        inBackground("out", () -> pump(caller, called));
        inBackground("back", () -> pump(called, caller));
    }

    private void hangUp(Socket socket) {
        closeQuietly(socket);
        sockets.remove(socket);
    }

    private Socket keep(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private void pump(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitWhole();
                out.write(buffer, 0, read);
            }
            awaitWhole();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /** A part of the line. */
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private static void inBackground(String name, Part part) {
        Thread thread = new Thread(
                () -> {
                    try {
                        part.run();
                    } catch (IOException e) {
                        // Somebody hung up, as people do.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "witness-line-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(WitnessLine::closeQuietly);
        heal();
    }
}
