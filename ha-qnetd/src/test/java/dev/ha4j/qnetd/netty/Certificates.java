package dev.ha4j.qnetd.netty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A certificate authority for a test, made with the JDK's keytool. */
final class Certificates {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    static Certificates in(Path folder) throws IOException, InterruptedException {
        Certificates certificates = new Certificates(folder);
        certificates.keytool(
                "ca.p12", "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=CA", "-ext", "bc=ca:true");
        certificates.keytool("ca.p12", "-exportcert", "-rfc", "-alias", "ca", "-file", certificates.at("ca.crt"));
        return certificates;
    }

    /** A key whose certificate has this common name and is signed by the authority. */
    QnetdTls holder(String file, String commonName) throws IOException, InterruptedException {
        String store = file + ".p12";
        keytool(store, "-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=" + commonName);
        keytool(store, "-certreq", "-alias", "own", "-file", at(file + ".csr"));
        keytool(
                "ca.p12",
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                at(file + ".csr"),
                "-outfile",
                at(file + ".crt"));
        keytool(store, "-importcert", "-noprompt", "-alias", "ca", "-file", at("ca.crt"));
        keytool(store, "-importcert", "-noprompt", "-alias", "own", "-file", at(file + ".crt"));
        return QnetdTls.of(folder.resolve("ca.crt"), folder.resolve(store), PASSWORD.toCharArray());
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", at(store), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + command);
        }
    }
}
