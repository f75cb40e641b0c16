package org.heliograph.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.archive.catalog.QueryAttribute;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.ul.AssociationTimeouts;
import org.heliograph.dicom.net.ul.ServiceRoles;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.node.storage.DicomNode;
import org.heliograph.node.storage.NodeService;
import org.heliograph.node.storage.NodeSettings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The tables of {@code CONFORMANCE.md} that the code has in a registry of its own say what that
 * says; {@code -Dgolden.update} writes them anew.
 */
@HubTest
class ConformanceDocumentIT {
  private static final Path DOCUMENT = Path.of("..", "CONFORMANCE.md");
  private static final Pattern SECTION =
      Pattern.compile(
          "(<!-- generated: ([a-z ]+) begin -->\n)(.*?)(<!-- generated: \\2 end -->)",
          Pattern.DOTALL);

  @Autowired private List<NodeService> services;

  @Test
  void the_tables_are_those_of_the_code() throws IOException {
    Map<String, String> tables = tables();
    String now = Files.readString(DOCUMENT);
    List<String> found = new ArrayList<>();
    String made =
        SECTION
            .matcher(now)
            .replaceAll(section -> {
              found.add(section.group(2));
              return Matcher.quoteReplacement(
                  section.group(1)
                      + tables.getOrDefault(section.group(2), section.group(3))
                      + section.group(4));
            });
    assertThat(found).containsExactlyInAnyOrderElementsOf(tables.keySet());
    if (System.getProperty("golden.update") != null) {
      Files.writeString(DOCUMENT, made);
    }

    assertThat(Files.readString(DOCUMENT)).isEqualTo(made);
  }

  private Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("services", services());
    tables.put("timers and limits", limits());
    tables.put("query keys", queryKeys());
    tables.put("tls", tls());
    tables.put("transfer syntaxes", transferSyntaxes());
    tables.put("storage classes", storageClasses());
    return tables;
  }

  /** What each service of the node answers, and what the node itself does. */
  private String services() {
    Map<String, ServiceRoles> all = new TreeMap<>(ConformanceDocumentIT::compareUids);
    for (NodeService service : services) {
      DimseServices.Builder offered = DimseServices.builder();
      service.offer(offered);
      offered.build().abstractSyntaxes().forEach(uid -> all.put(uid, service.roles()));
    }
    all.put(Uids.VerificationSopClass, ServiceRoles.SCP);
    return table(
        "SOP class | UID | role of the hub, as acceptor",
        Stream.concat(
            Stream.of("the Storage SOP Classes of 7.2 | | SCP; SCU to who retrieves by C-GET"),
            all.entrySet().stream()
                .map(each ->
                    Uids.nameOf(each.getKey())
                        + " | "
                        + each.getKey()
                        + " | "
                        + each.getValue().name().replace("_AND_", ", "))));
  }

  private static String limits() {
    AssociationTimeouts waits = AssociationTimeouts.defaults();
    NodeSettings node = NodeSettings.of(new AeTitle("HELIOGRAPH")).build();
    return table(
        "limit | value",
        Stream.of(
            "longest P-DATA-TF taken | " + node.maxPduLengthBytes() + " bytes",
            "associations | " + node.maxAssociations(),
            "associations of a peer address | " + node.maxAssociationsPerPeer(),
            "longest data set of C-STORE | " + (node.maxInstanceBytes() >> 30) + " GiB",
            "connecting to a peer, TLS included | " + seconds(waits.connect()),
            "ARTIM: the whole A-ASSOCIATE-RQ or its answer, A-RELEASE-RP, the peer's close | "
                + seconds(waits.artim()),
            "one PDU from its first byte to its last | " + seconds(waits.pdu()),
            "between two PDUs of a message | " + seconds(waits.gap()),
            "an answer of a peer's service | " + seconds(waits.response()),
            "between messages, as acceptor | " + seconds(waits.idle())));
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }

  private static String queryKeys() {
    return table(
        "keys of | attributes",
        Arrays.stream(QueryAttribute.Place.values())
            .map(place ->
                switch (place) {
                      case PATIENT -> "patient";
                      case STUDY -> "study";
                      case SERIES -> "series";
                      case INSTANCE -> "instance";
                      case REQUEST -> "item of Request Attributes Sequence (0040,0275)";
                    }
                    + " | "
                    + Arrays.stream(QueryAttribute.values())
                        .filter(each -> each.place() == place)
                        .sorted((a, b) -> Integer.compareUnsigned(a.tag(), b.tag()))
                        .map(each -> attribute(each.tag()))
                        .collect(Collectors.joining(", "))));
  }

  private static String attribute(int tag) {
    return "%s (%04X,%04X)".formatted(Dictionary.nameOf(tag), tag >>> 16, tag & 0xffff);
  }

  private static String tls() {
    TlsProfile profile = TlsProfile.BCP_195_RFC_8996_9325;
    return table(
        "of the profile | offered",
        Stream.of(
            "versions | " + String.join(", ", profile.protocols()),
            "cipher suites | " + String.join(", ", profile.cipherSuites())));
  }

  private static String transferSyntaxes() {
    return table(
        "transfer syntax | UID | storage | messages of other services",
        Uids.transferSyntaxes().stream()
            .sorted(ConformanceDocumentIT::compareUids)
            .map(uid ->
                Uids.nameOf(uid)
                    + " | "
                    + uid
                    + " | "
                    + yes(DicomNode.storageTransferSyntaxes().stream(), uid)
                    + " | "
                    + yes(DicomNode.messageTransferSyntaxes().stream(), uid)));
  }

  private static String yes(Stream<org.heliograph.dicom.data.TransferSyntaxUid> taken, String uid) {
    return taken.anyMatch(each -> each.value().value().equals(uid)) ? "yes" : "–";
  }

  private static String storageClasses() {
    return table(
        "SOP class | UID",
        Uids.storageSopClasses().stream()
            .sorted(ConformanceDocumentIT::compareUids)
            .map(uid -> Uids.nameOf(uid) + " | " + uid));
  }

  /** Number by number. */
  private static int compareUids(String a, String b) {
    return Arrays.compare(
        Stream.of(a.split("\\.")).mapToLong(Long::parseLong).toArray(),
        Stream.of(b.split("\\.")).mapToLong(Long::parseLong).toArray());
  }

  private static String table(String head, Stream<String> rows) {
    return "| "
        + head
        + " |\n|"
        + "---|".repeat(head.split("\\|").length)
        + "\n"
        + rows.map(row -> "| " + row + " |\n").collect(Collectors.joining());
  }
}
