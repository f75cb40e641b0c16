package org.heliograph.node.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.heliograph.dicom.durable.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where this computer's own commands find the running gateway, and what they show it; readable by
 * the gateway's user and the administrator.
 */
record ControlFile(String url, String token) {
  private static final String NAME = "control.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A token that lives as long as the process. */
  static String newToken() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  static void write(Path folder, InetAddress bind, int port, String token) throws IOException {
    InetAddress address = bind.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bind;
    String host = address.getHostAddress().replaceFirst("%.*", "");
    String url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    PrivateFiles.write(folder.resolve(NAME), JSON.writeValueAsBytes(new ControlFile(url, token)));
  }

  static Optional<ControlFile> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!Files.isReadable(file)) {
      throw new CommandException(
          ExitCode.REFUSED,
          "You may not read "
              + file
              + ". Run the command as the gateway's user, such as: sudo -u heliograph …");
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), ControlFile.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  static void remove(Path folder) throws IOException {
    DurableFiles.SYSTEM.delete(folder.resolve(NAME));
  }

  /** The token is not shown. */
  @Override
  public String toString() {
    return "ControlFile[" + url + "]";
  }
}
