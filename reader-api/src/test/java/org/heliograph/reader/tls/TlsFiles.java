package org.heliograph.reader.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM files of keys and certificates, made for one test run by the JDK's keytool. */
final class TlsFiles {
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  TlsFiles(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  /** Makes an authority. */
  TlsFiles authority(String name) throws Exception {
    return keytool(name, "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign");
  }

  /** Makes a key whose certificate an authority signed, for this machine. */
  TlsFiles signed(String name, String authority) throws Exception {
    return keytool(name, "-signer", authority, "-ext", "san=dns:localhost,ip:127.0.0.1");
  }

  private TlsFiles keytool(String name, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name));
    command.addAll(List.of("-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD, "-validity", "30"));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return this;
  }

  Path certificate(String name) throws Exception {
    var text = new StringBuilder();
    for (var certificate : open().getCertificateChain(name)) {
      text.append(pem("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(folder.resolve(name + "-certificate.pem"), text);
  }

  Path key(String name) throws Exception {
    byte[] key = open().getKey(name, PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(folder.resolve(name + "-key.pem"), pem("PRIVATE KEY", key));
  }

  private KeyStore open() throws Exception {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static String pem(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
  }
}
