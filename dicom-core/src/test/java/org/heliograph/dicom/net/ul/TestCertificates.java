package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Keys and certificates made for one test run by the JDK's keytool: an authority and its people.
 */
public final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final KeyStore store;

  private TestCertificates(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Makes an authority "ca" with "server", "client" and "expired", and another authority "other"
   * with "stranger".
   */
  public static TestCertificates in(Path folder) throws Exception {
    var file = folder.resolve("keys.p12");
    authority(file, "ca");
    authority(file, "other");
    signed(file, "server", "ca", "-validity", "30");
    signed(file, "client", "ca", "-validity", "30");
    signed(file, "expired", "ca", "-validity", "1", "-startdate", "-10d");
    signed(file, "stranger", "other", "-validity", "30");
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new TestCertificates(folder, store);
  }

  private static void authority(Path file, String name) throws Exception {
    generate(file, name, "-validity", "30", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
  }

  private static void signed(Path file, String name, String signer, String... options)
      throws Exception {
    var all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-signer", signer, "-ext", "san=dns:localhost,ip:127.0.0.1"));
    generate(file, name, all.toArray(String[]::new));
  }

  private static void generate(Path file, String name, String... options) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of(
            "-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(List.of(options));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** Keys of one of them, who trusts an authority. */
  public TlsKeys keys(String name, String trusted) throws Exception {
    return trusting(trusted).withKey(certificates(name), privateKey(name), new char[0]);
  }

  /** No key, and an authority that is trusted. */
  public TlsKeys trusting(String trusted) throws Exception {
    return TlsKeys.none().withTrusted(pem("CERTIFICATE", certificate(trusted).getEncoded()));
  }

  String certificates(String name) throws GeneralSecurityException {
    var text = new StringBuilder();
    for (var certificate : store.getCertificateChain(name)) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  Certificate certificate(String name) throws GeneralSecurityException {
    var certificate = store.getCertificate(name);
    if (certificate == null) {
      throw new IllegalArgumentException(name);
    }
    return certificate;
  }

  String privateKey(String name) throws GeneralSecurityException {
    return pem("PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
  }

  /** The whole store, as a file's bytes. */
  InputStream pkcs12() throws IOException {
    return Files.newInputStream(folder.resolve("keys.p12"));
  }

  static char[] password() {
    return PASSWORD.clone();
  }

  /** A PEM file with the certificates, for other programs. */
  public Path certificateFile(String name) throws Exception {
    return Files.writeString(folder.resolve(name + "-cert.pem"), certificates(name));
  }

  /** A PEM file with the key, for other programs. */
  public Path keyFile(String name) throws Exception {
    return Files.writeString(folder.resolve(name + "-key.pem"), privateKey(name));
  }

  private static String pem(String type, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
