package dev.gateway4j.testkit.cli;

import dev.gateway4j.testkit.GatewayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code serve} about encryption, with a certificate that is made for the run. */
final class TlsOptions {
    private static final int DAYS = 30;

    @Option(
            names = "--tls",
            description = "Encrypts, with a certificate for localhost and 127.0.0.1 made at the start.")
    private boolean tls;

    @Option(
            names = "--tls-cert-out",
            paramLabel = "FILE",
            description = "Writes that certificate, as PEM, for clients to trust.")
    private @Nullable Path certificateFile;

    void check(Problems problems) {
        if (certificateFile != null && !tls) {
            problems.add("--tls-cert-out " + certificateFile + " needs --tls, without which there is no certificate");
        }
    }

    /** Sets up encryption, if it is wanted; answers what the banner says of it. */
    List<String> addTo(GatewayServer.Builder server) throws IOException {
        if (!tls) {
            return List.of();
        }
        HeldCertificate certificate = new HeldCertificate.Builder()
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("127.0.0.1")
                .duration(DAYS, TimeUnit.DAYS)
                .build();
        server.tls(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext());
        if (certificateFile == null) {
            return List.of("certificate: made for this run; --tls-cert-out FILE writes it for clients to trust");
        }
        try {
            Files.writeString(certificateFile, certificate.certificatePem());
        } catch (IOException e) {
            throw new IOException("--tls-cert-out " + certificateFile + " cannot be written: " + e, e);
        }
        return List.of("certificate: " + certificateFile);
    }
}
