package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.heliograph.dicom.durable.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who we are, on the disk. A token is durable before the hub hears of it: whatever breaks, the same
 * code enrols with the same token, and what was before counts until the hub has answered.
 */
final class IdentityFiles {
  private static final String IDENTITY = "identity.json";
  private static final String PENDING = "enrolment.json";

  private final Path folder;
  private final JsonMapper json = JsonMapper.builder().build();

  IdentityFiles(Path folder) {
    this.folder = folder;
  }

  /** Who we are, once a hub has answered. */
  Optional<GatewayIdentity> read() throws IOException {
    return read(IDENTITY, GatewayIdentity.class);
  }

  /** The token for a code: the same as long as the code is. */
  String tokenFor(EnrolmentCode code) throws IOException {
    String digest = sha256(code.secret());
    Optional<Pending> pending = read(PENDING, Pending.class).filter(p -> p.code().equals(digest));
    if (pending.isPresent()) {
      return pending.get().token();
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = "hgg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    PrivateFiles.write(folder.resolve(PENDING), json.writeValueAsBytes(new Pending(digest, token)));
    return token;
  }

  /** Keeps what the hub has answered. */
  void write(GatewayIdentity identity) throws IOException {
    PrivateFiles.write(folder.resolve(IDENTITY), json.writeValueAsBytes(identity));
    DurableFiles.SYSTEM.delete(folder.resolve(PENDING));
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), type));
    } catch (JacksonException e) {
      throw new IOException("not readable: " + name);
    }
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A token that the hub may or may not know yet; the code itself is not kept. */
  record Pending(String code, String token) {
    @Override
    public String toString() {
      return "Pending";
    }
  }
}
