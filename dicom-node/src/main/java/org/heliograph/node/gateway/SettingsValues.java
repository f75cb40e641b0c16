package org.heliograph.node.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.gateway.GatewaySettings.Link;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.peer.PeerAddress;
import org.heliograph.node.status.Pin;

/** How single values are written. */
final class SettingsValues {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(B|kB|KB|MB|GB|TB)?");
  private static final Pattern CALLER =
      Pattern.compile(
          "(\\S(?:.*?\\S)??)(?:\\s+from\\s+([0-9a-fA-F.:/,\\s]+?))?"
              + "(?:\\s+(emergency|urgent|routine))?");
  private static final Pattern PEER = Pattern.compile("([^@]+)@(tls:)?([^@\\s]+):(\\d{1,5})");
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L, "kB", 1L << 10, "KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30, "TB", 1L << 40);

  private SettingsValues() {}

  static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  static List<Link> links(String text) {
    return list(text).stream().map(SettingsValues::link).toList();
  }

  private static Link link(String text) {
    String[] parts = text.split("\\s+from\\s+");
    URI hub;
    try {
      hub = URI.create(parts[0]);
    } catch (IllegalArgumentException e) {
      throw new NotUsableException("This is no address: " + parts[0]);
    }
    String host = hub.getHost();
    boolean here =
        host != null
            && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    if (host == null
        || !("https".equals(hub.getScheme()) || ("http".equals(hub.getScheme()) && here))) {
      throw new NotUsableException(
          "The hub's address begins with https:// and names a computer, such as"
              + " https://hub.example.org");
    }
    return new Link(hub, parts.length < 2 ? null : address(parts[1]));
  }

  static String digest(String text) {
    String hex = text.replace(":", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new NotUsableException("A SHA-256 has 64 digits of 0 to 9 and a to f.");
    }
    return hex;
  }

  static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new NotUsableException("This is no size. Write it like 500 MB or 20 GB.");
    }
    String unit = size.group(2);
    return Long.parseLong(size.group(1)) * (unit == null ? 1 : UNITS.getOrDefault(unit, 1L));
  }

  static int number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new NotUsableException("Write a number from " + least + " to " + most + ".");
  }

  static int port(String text) {
    return number(text, 0, 65_535);
  }

  static int portOrNone(String text) {
    return text.equals("none") ? -1 : port(text);
  }

  static boolean truth(String text) {
    return switch (text) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new NotUsableException("Write yes or no.");
    };
  }

  static AeTitle aeTitle(String text) {
    try {
      return new AeTitle(text);
    } catch (IllegalArgumentException e) {
      throw new NotUsableException("An AE title has 1 to 16 letters and digits.");
    }
  }

  static InetAddress address(String text) {
    try {
      return text.equals("localhost")
          ? InetAddress.getLoopbackAddress()
          : InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new NotUsableException(
          "Write an address of this computer such as 192.168.1.5, or 0.0.0.0 for all of them.");
    }
  }

  static String pin(String text) {
    try {
      return Pin.requireHash(text);
    } catch (IllegalArgumentException e) {
      throw new NotUsableException(
          "This is no PIN's hash. Make the line with: heliograph gateway pin");
    }
  }

  static Urgency urgency(String text) {
    return word(Urgency.class, text);
  }

  static <E extends Enum<E>> E word(Class<E> words, String text) {
    for (E word : words.getEnumConstants()) {
      if (word.name().equalsIgnoreCase(text)) {
        return word;
      }
    }
    throw new NotUsableException(
        "Write one of: "
            + Arrays.stream(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "))
            + ".");
  }

  /** {@code XRAY1 from 192.168.1.20, 192.168.1.21 emergency}. */
  static AllowedCaller caller(String text) {
    Matcher parts = CALLER.matcher(text);
    if (parts.matches()) {
      try {
        String title = parts.group(1);
        return new AllowedCaller(
            title.equals("*") ? title : new AeTitle(title).value(),
            parts.group(2) == null
                ? List.of()
                : list(parts.group(2)).stream().map(Network::parse).toList(),
            parts.group(3) == null ? Urgency.ROUTINE : urgency(parts.group(3)));
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw new NotUsableException(
        "Write who, from where and how urgent, such as: XRAY1 from 192.168.1.20, 10.1.0.0/16"
            + " emergency");
  }

  /** {@code PACS@192.168.1.9:104}; {@code PACS@tls:192.168.1.9:2762} with TLS. */
  static PeerAddress peer(String text) {
    Matcher parts = PEER.matcher(text);
    if (!parts.matches()) {
      throw new NotUsableException(
          "Write AE title, address and port like PACS@192.168.1.9:104, or"
              + " PACS@tls:192.168.1.9:2762 with TLS.");
    }
    return new PeerAddress(
        aeTitle(parts.group(1)),
        parts.group(3),
        port(parts.group(4)),
        parts.group(2) == null ? PeerAddress.Transport.PLAIN : PeerAddress.Transport.TLS);
  }

  /** A value that cannot be used; the message says what to write. */
  static final class NotUsableException extends RuntimeException {
    NotUsableException(String message) {
      super(message);
    }
  }
}
