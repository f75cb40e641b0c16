package org.heliograph.node.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.forward.BandwidthPlan;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.peer.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * All that a gateway is told by its file. What is not said is closed: DICOM and the status page
 * answer this computer alone.
 *
 * @param folder everything the gateway keeps
 * @param clinic a name for the status page
 */
public record GatewaySettings(
    Path folder,
    String clinic,
    HubSide hub,
    BandwidthPlan cap,
    DicomSide dicom,
    SpoolSide spool,
    PrepareSide prepare,
    WatchSide watch,
    ReturnSide back,
    StatusSide status) {
  /** The file's usual name. */
  public static final String FILE_NAME = "gateway.properties";

  /**
   * Reads a file; folders in it that are not absolute lie beside it.
   *
   * @throws SettingsException with all that is wrong in it
   */
  public static GatewaySettings read(Path file) throws SettingsException {
    String name = String.valueOf(file.getFileName());
    try {
      Path beside = file.toAbsolutePath().normalize().getParent();
      return parse(Files.readString(file), name, beside == null ? Path.of("/") : beside);
    } catch (MalformedInputException e) {
      throw new SettingsException(List.of(name + ": The text is not UTF-8. Save it as UTF-8."));
    } catch (IOException e) {
      throw new SettingsException(
          List.of(
              "The settings "
                  + file
                  + " cannot be read. Make them with: heliograph gateway init --settings "
                  + file));
    }
  }

  static GatewaySettings parse(String text, String fileName, Path beside) throws SettingsException {
    return new SettingsReader(SettingsFile.parse(text), fileName, beside).read();
  }

  /**
   * Where the hub is, and what we show it.
   *
   * @param links in the order of cost, the cheapest first; empty if the enrolment says it
   * @param enrolmentCode of the site's page, for a gateway that enrols when it first starts
   * @param pin SHA-256 of the public key that the hub must show, hexadecimal; null leaves it to the
   *     enrolment code
   * @param trust PEM: authorities instead of those that Java trusts
   * @param clientKey PKCS#12 for mutual TLS; null is without
   */
  public record HubSide(
      List<Link> links,
      @Nullable String enrolmentCode,
      @Nullable String pin,
      @Nullable Path trust,
      @Nullable Path clientKey) {
    public HubSide {
      links = List.copyOf(links);
    }

    /** The code is not shown. */
    @Override
    public String toString() {
      return "HubSide" + links;
    }
  }

  /**
   * One way to the hub.
   *
   * @param source our own address on the line to take; null leaves it to the system
   */
  public record Link(URI hub, @Nullable InetAddress source) {}

  /**
   * How modalities reach us.
   *
   * @param key PEM, with its certificate; null is plain DICOM
   * @param trust PEM: clients must show a certificate that it leads to; null asks for none
   * @param commitment when a request for storage commitment is answered well
   * @param commitmentTo where modalities that have gone away are told of it
   */
  public record DicomSide(
      AeTitle aeTitle,
      InetAddress bind,
      int port,
      int maxAssociations,
      List<AllowedCaller> callers,
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path trust,
      Commitment commitment,
      List<PeerAddress> commitmentTo) {
    public DicomSide {
      callers = List.copyOf(callers);
      commitmentTo = List.copyOf(commitmentTo);
    }

    /** Where an application entity listens, if that is said. */
    Optional<PeerAddress> address(AeTitle title) {
      return commitmentTo.stream().filter(peer -> peer.aeTitle().equals(title)).findFirst();
    }
  }

  /** What storage commitment promises. */
  public enum Commitment {
    /** That the hub has it: its receipt is there. */
    RECEIPT,
    /** That it is durable on this box. */
    SPOOLED
  }

  /**
   * What is kept, and how long.
   *
   * @param reserveBytes so much of the disk stays free
   * @param keepDays confirmed images stay so long, as long as there is place
   * @param keepBytes and not more than that
   */
  public record SpoolSide(Path folder, long reserveBytes, int keepDays, long keepBytes) {}

  /**
   * What is done to images before they travel.
   *
   * @param recompress uncompressed images, without loss
   */
  public record PrepareSide(boolean recompress, int workers) {}

  /** A folder in which files are found; null is none. */
  public record WatchSide(@Nullable Path folder, Urgency urgency) {}

  /** What becomes of reports, beside the inbox page. */
  public record ReturnSide(@Nullable PeerAddress pacs, @Nullable Path printFolder) {}

  /**
   * The status page.
   *
   * @param port -1 is no page
   * @param pin a hash as {@code heliograph gateway pin} makes it; null: nothing can be unlocked
   * @param hostNames by which browsers may call it, beside addresses and localhost
   */
  public record StatusSide(
      InetAddress bind, int port, @Nullable String pin, Set<String> hostNames) {
    public StatusSide {
      hostNames = Set.copyOf(hostNames);
    }

    /** The hash is not shown. */
    @Override
    public String toString() {
      return "StatusSide[" + bind + " " + port + "]";
    }
  }
}
