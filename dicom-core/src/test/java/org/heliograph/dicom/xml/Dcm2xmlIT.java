package org.heliograph.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.RealFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same files as dcmtk's dcm2xml writes them in the native format. */
class Dcm2xmlIT {
  @BeforeAll
  static void dcm2xml_is_installed() {
    boolean there =
        List.of("/usr/bin/dcm2xml", "/usr/local/bin/dcm2xml").stream()
            .anyMatch(p -> Files.isExecutable(Path.of(p)));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("dcm2xml is required").isTrue();
    }
    Assumptions.assumeTrue(there, "dcm2xml is not installed");
  }

  @Test
  void dcmtk_writes_the_same_model_of_every_sample_file() throws Exception {
    List<String> differences = new ArrayList<>();
    int compared = 0;
    int attributes = 0;
    for (Path file : RealFiles.all()) {
      Dataset ours = RealFiles.read(Files.readAllBytes(file)).dataset();
      Dataset read =
          DicomXml.read(DicomXml.write(ours, e -> Tags.toHex(e.tag())), Dcm2xmlIT::placeholder);
      byte[] theirs = dcm2xml(file);
      if (theirs.length == 0) {
        differences.add(file.getFileName() + ": dcm2xml refuses it");
        continue;
      }
      Dataset peer =
          DicomXml.read(
              new ByteArrayInputStream(theirs), Dcm2xmlIT::placeholder, XmlLimits.defaults());
      List<String> a = lines(read, "");
      List<String> b = lines(peer, "");
      compared++;
      attributes += a.size();
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        String left = i < a.size() ? a.get(i) : "nothing";
        String right = i < b.size() ? b.get(i) : "nothing";
        if (!left.equals(right)) {
          differences.add(file.getFileName() + ": " + left + " but dcmtk " + right);
          break;
        }
      }
    }

    // dcm2xml does not convert these to UTF-8: a directory, and ISO 2022 IR 87 where iconv lacks
    // it.
    assertThat(differences)
        .isSubsetOf("DICOMDIR: dcm2xml refuses it", "japanese-ir87.dcm: dcm2xml refuses it");
    assertThat(compared).isGreaterThan(90);
    assertThat(attributes).isGreaterThan(5000);
  }

  private static Element placeholder(int tag, Vr vr, String uri) {
    return new BulkElement(tag, Vr.OB, 0, uri.isEmpty() ? 0 : 1);
  }

  /** One line an attribute; bytes and bulk data are the same thing here, as dcm2xml gives UUIDs. */
  private static List<String> lines(Dataset dataset, String indent) {
    List<String> lines = new ArrayList<>();
    for (Element e : dataset) {
      String head = indent + Tags.toHex(e.tag()) + " ";
      switch (e) {
        // dcm2xml adds it where it was asked to convert, and has a dictionary of private tags.
        case ValueElement v when v.tag() == Tag.SpecificCharacterSet -> {}
        case Element any when Tags.isPrivate(any.tag()) -> lines.add(indent + "private");
        case SequenceElement s -> {
          lines.add(head + "SQ " + s.items().size());
          s.items().forEach(i -> lines.addAll(lines(i, indent + "  ")));
        }
        case ValueElement v when v.vr().isBytes() -> lines.add(head + "bytes");
        case ValueElement v -> lines.add(head + v.vr() + " " + values(v));
        default -> lines.add(head + "bytes");
      }
    }
    return lines;
  }

  private static String values(ValueElement v) {
    return switch (v.vr()) {
      // dcm2xml 3.6.7 writes the second group of a name again where the third should be.
      case PN -> v.string().orElse("").replaceAll("(=[^=]*)=.*", "$1").toLowerCase(Locale.ROOT);
      // dcm2xml writes fewer digits than a number has.
      case FL -> numbers("%.6e", v);
      case FD -> numbers("%.12e", v);
      default -> String.join("\\", v.strings()).toLowerCase(Locale.ROOT);
    };
  }

  private static String numbers(String format, ValueElement v) {
    return Arrays.stream(v.decimals())
        .mapToObj(d -> String.format(Locale.ROOT, format, d + 0.0))
        .collect(Collectors.joining("\\"));
  }

  private static byte[] dcm2xml(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "dcm2xml", "-q", "-nat", "+Xn", "+U8", "+Ca", "latin-1", "+M", file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    byte[] out = process.getInputStream().readAllBytes();
    return process.waitFor() == 0 ? out : new byte[0];
  }
}
