package org.heliograph.node.gateway;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.node.forward.BandwidthPlan;
import org.heliograph.node.gateway.GatewaySettings.Commitment;
import org.heliograph.node.gateway.GatewaySettings.DicomSide;
import org.heliograph.node.gateway.GatewaySettings.HubSide;
import org.heliograph.node.gateway.GatewaySettings.PrepareSide;
import org.heliograph.node.gateway.GatewaySettings.ReturnSide;
import org.heliograph.node.gateway.GatewaySettings.SpoolSide;
import org.heliograph.node.gateway.GatewaySettings.StatusSide;
import org.heliograph.node.gateway.GatewaySettings.WatchSide;
import org.heliograph.node.gateway.SettingsFile.Line;
import org.heliograph.node.gateway.SettingsFile.Problem;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/** Makes {@link GatewaySettings} of lines, and tells of everything that is wrong at once. */
final class SettingsReader {
  private static final String CALLER = "dicom.caller.";
  private static final String COMMITMENT_TO = "dicom.commitment-to.";

  private final SettingsFile file;
  private final String fileName;
  private final Path beside;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  SettingsReader(SettingsFile file, String fileName, Path beside) {
    this.file = file;
    this.fileName = fileName;
    this.beside = beside;
    this.problems = new ArrayList<>(file.problems());
  }

  GatewaySettings read() throws SettingsException {
    Path folder = path("folder", beside);
    GatewaySettings settings =
        new GatewaySettings(
            folder,
            value("clinic", "", text -> text),
            hub(),
            cap(),
            dicom(),
            new SpoolSide(
                path("spool.folder", folder.resolve("spool")),
                value("spool.reserve", 1L << 30, SettingsValues::bytes),
                value("spool.keep-days", 14, text -> SettingsValues.number(text, 0, 36_500)),
                value("spool.keep-size", 20L << 30, SettingsValues::bytes)),
            new PrepareSide(
                value("prepare.recompress", true, SettingsValues::truth),
                value("prepare.workers", 1, text -> SettingsValues.number(text, 1, 4))),
            new WatchSide(
                optionalPath("watch.folder"),
                value("watch.urgency", Urgency.ROUTINE, SettingsValues::urgency)),
            new ReturnSide(
                optional("reports.pacs", SettingsValues::peer), optionalPath("reports.folder")),
            status());
    requireKnown();
    if (!problems.isEmpty()) {
      throw new SettingsException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(problem -> problem.sentence(fileName))
              .toList());
    }
    return settings;
  }

  private HubSide hub() {
    return new HubSide(
        value("hub.links", List.of(), SettingsValues::links),
        optional("hub.enrolment-code", text -> text),
        optional("hub.pin", SettingsValues::digest),
        optionalPath("hub.trust"),
        optionalPath("hub.client-key"));
  }

  private BandwidthPlan cap() {
    boolean emergencies = value("link.cap-emergencies", false, SettingsValues::truth);
    return value("link.cap", BandwidthPlan.FREE, text -> CapText.parse(text, !emergencies));
  }

  private DicomSide dicom() {
    DicomSide dicom =
        new DicomSide(
            value("dicom.ae-title", new AeTitle("HELIOGRAPH"), SettingsValues::aeTitle),
            value("dicom.bind", InetAddress.getLoopbackAddress(), SettingsValues::address),
            value("dicom.port", 11_112, SettingsValues::port),
            value("dicom.max-associations", 25, text -> SettingsValues.number(text, 1, 500)),
            many(CALLER, SettingsValues::caller),
            optionalPath("dicom.tls.certificate"),
            optionalPath("dicom.tls.key"),
            optionalPath("dicom.tls.trust"),
            value(
                "dicom.commitment",
                Commitment.RECEIPT,
                text -> SettingsValues.word(Commitment.class, text)),
            many(COMMITMENT_TO, SettingsValues::peer));
    together("dicom.tls.certificate", dicom.certificate(), "dicom.tls.key", dicom.key());
    if (!dicom.bind().isLoopbackAddress()
        && dicom.callers().stream().allMatch(c -> c.networks().isEmpty())) {
      problem(
          "dicom.bind",
          "Others can reach "
              + dicom.bind().getHostAddress()
              + ", but no line says who may send. Add one such as"
              + " dicom.caller.xray = XRAY1 from 192.168.1.20");
    }
    return dicom;
  }

  private StatusSide status() {
    return new StatusSide(
        value("status.bind", InetAddress.getLoopbackAddress(), SettingsValues::address),
        value("status.port", 8090, SettingsValues::portOrNone),
        optional("status.pin", SettingsValues::pin),
        value(
            "status.host-names",
            Set.of(),
            text ->
                SettingsValues.list(text).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet())));
  }

  private Path path(String name, Path fallback) {
    return value(name, fallback, text -> beside.resolve(Path.of(text)).normalize());
  }

  private @Nullable Path optionalPath(String name) {
    return optional(name, text -> beside.resolve(Path.of(text)).normalize());
  }

  private <T> T value(String name, T fallback, Function<String, T> reading) {
    T value = optional(name, reading);
    return value == null ? fallback : value;
  }

  private <T> @Nullable T optional(String name, Function<String, T> reading) {
    known.add(name);
    Line line = file.lines().get(name);
    return line == null || line.value().isEmpty() ? null : read(line, reading);
  }

  /** All lines whose name begins so; the rest of the name only tells them apart. */
  private <T> List<T> many(String prefix, Function<String, T> reading) {
    known.add(prefix + "NAME");
    return file.lines().values().stream()
        .filter(line -> line.name().startsWith(prefix) && line.name().length() > prefix.length())
        .map(line -> read(line, reading))
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private <T> @Nullable T read(Line line, Function<String, T> reading) {
    try {
      return reading.apply(line.value());
    } catch (SettingsValues.NotUsableException e) {
      problem(line.name(), String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      problem(line.name(), "This cannot be used: " + line.value());
    }
    return null;
  }

  private void together(
      String oneName, @Nullable Path one, String otherName, @Nullable Path other) {
    if ((one == null) != (other == null)) {
      problem(one == null ? otherName : oneName, oneName + " and " + otherName + " go together.");
    }
  }

  private void requireKnown() {
    Set<String> groups = new HashSet<>();
    for (Line line : file.lines().values()) {
      boolean many = line.name().startsWith(CALLER) || line.name().startsWith(COMMITMENT_TO);
      if (many || known.contains(line.name())) {
        continue;
      }
      String group = line.name().replaceFirst("\\..*", "");
      String alike =
          known.stream().filter(name -> name.startsWith(group)).collect(Collectors.joining(", "));
      problem(
          line.name(),
          "There is no such setting."
              + (alike.isEmpty() || !groups.add(group) ? "" : " There are: " + alike + "."));
    }
  }

  private void problem(String name, String words) {
    Line line = file.lines().get(name);
    int number = Objects.requireNonNullElse(line, new Line(0, name, "")).number();
    problems.add(new Problem(number, name + ": " + words));
  }
}
