package org.heliograph.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.EncapsulatedElement;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.io.RealFiles;
import org.heliograph.dicom.json.JsonParser.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dcmtk's dcm2json finds in the sample files: every value that is not bulk data. */
class Dcm2jsonIT {
  @TempDir Path folder;

  private long compared;

  @BeforeAll
  static void dcmtk_is_installed() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "dcm2json")));
    if ("required".equals(System.getenv("HELIOGRAPH_PEERS"))) {
      assertThat(there).as("dcm2json is required").isTrue();
    }
    Assumptions.assumeTrue(there, "dcm2json is not installed");
  }

  @Test
  void finds_the_same_values_as_dcm2json_in_every_sample_file() throws Exception {
    List<String> differences = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    for (Path file : RealFiles.all()) {
      Json theirs = dcm2json(file);
      var dataset = DicomReader.readPart10(file, ReadOptions.defaults()).dataset();
      if (theirs == null) {
        // It refuses encapsulated pixel data: the rest is compared without.
        dataset =
            DicomReader.readPart10(file, ReadOptions.header())
                .dataset()
                .map((path, e) -> e instanceof EncapsulatedElement ? null : e);
        theirs = dcm2json(rewritten(dataset));
      }
      if (theirs == null) {
        unread.add(file.getFileName().toString());
        continue;
      }
      Json ours = JsonParser.parse(DicomJson.write(dataset, e -> "bulk"));
      compare(file.getFileName() + " ", attributes(ours), attributes(theirs), differences);
    }

    assertThat(differences).isEmpty();
    // Its character set library does not know code extensions.
    assertThat(unread).containsExactly("japanese-ir87.dcm");
    assertThat(compared).isGreaterThan(15_000);
  }

  private static Map<String, Json> attributes(Json json) {
    Map<String, Json> all = new TreeMap<>(((Json.Obj) json).members());
    all.keySet().removeIf(tag -> tag.endsWith("0000") || tag.equals("00080005"));
    return all;
  }

  private void compare(
      String where, Map<String, Json> ours, Map<String, Json> theirs, List<String> differences) {
    if (!ours.keySet().equals(theirs.keySet())) {
      differences.add(where + ours.keySet() + " / " + theirs.keySet());
      return;
    }
    for (Map.Entry<String, Json> e : ours.entrySet()) {
      Map<String, Json> our = ((Json.Obj) e.getValue()).members();
      Map<String, Json> their =
          ((Json.Obj) Objects.requireNonNull(theirs.get(e.getKey()))).members();
      String at = where + e.getKey();
      if (our.containsKey("InlineBinary") || our.containsKey("BulkDataURI")) {
        continue;
      }
      if (our.get("vr") instanceof Json.Str vr
          && vr.value().equals("UN")
          && Tags.isPrivate(Integer.parseUnsignedInt(e.getKey(), 16))) {
        continue; // dcmtk knows some vendors' dictionaries
      }
      if (!Objects.equals(our.get("vr"), their.get("vr"))) {
        differences.add(at + " " + our.get("vr") + " / " + their.get("vr"));
        continue;
      }
      values(at, our.get("Value"), their.get("Value"), differences);
    }
  }

  private void values(
      String at, @Nullable Json ours, @Nullable Json theirs, List<String> differences) {
    List<Json> our = values(ours);
    List<Json> their = values(theirs);
    boolean items =
        !our.isEmpty()
            && our.getFirst() instanceof Json.Obj o
            && o.members().keySet().stream().allMatch(k -> k.length() == 8);
    if (our.size() != their.size()) {
      differences.add(at + " has " + our.size() + " / " + their.size() + " values");
      return;
    }
    for (int i = 0; i < our.size(); i++) {
      if (items) {
        compare(at + "[" + i + "].", attributes(our.get(i)), attributes(their.get(i)), differences);
      } else {
        compared++;
        if (!text(our.get(i)).equals(text(their.get(i)))) {
          differences.add(at + ": " + text(our.get(i)) + " / " + text(their.get(i)));
        }
      }
    }
  }

  /** The values; a name of delimiters only is none, as dcm2json drops trailing ones. */
  private static List<Json> values(@Nullable Json values) {
    List<Json> all = values instanceof Json.Arr a ? a.values() : List.of();
    return all.size() == 1 && text(all.getFirst()).isEmpty() ? List.of() : all;
  }

  private static String text(Json value) {
    return switch (value) {
      case Json.Obj name when name.members().containsKey("Alphabetic") ->
          name.members().values().stream()
              .map(g -> ((Json.Str) g).value().replaceAll("\\^+$", ""))
              .collect(Collectors.joining("="));
      case Json.Str s -> number(s.value().strip());
      case Json.Num n -> number(n.text());
      default -> value.toString();
    };
  }

  private static String number(String text) {
    try {
      return Float.toString(new BigDecimal(text).floatValue());
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private Path rewritten(Dataset dataset) throws IOException {
    Path copy = folder.resolve("copy.dcm");
    try (OutputStream out = Files.newOutputStream(copy)) {
      DicomWriter.writePart10(
          out, Dataset.empty(), TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, dataset, BulkSource.NONE);
    }
    return copy;
  }

  private @Nullable Json dcm2json(Path file) throws IOException, InterruptedException {
    Path out = folder.resolve("out.json");
    Process process =
        new ProcessBuilder("dcm2json", "-q", file.toString(), out.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0
        ? JsonParser.parse(Files.readString(out, StandardCharsets.UTF_8))
        : null;
  }
}
