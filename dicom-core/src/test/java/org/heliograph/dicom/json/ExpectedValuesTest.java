package org.heliograph.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.RealFiles;
import org.heliograph.dicom.json.JsonParser.Json;
import org.junit.jupiter.api.Test;

class ExpectedValuesTest {
  /** A fact of the list that is not an attribute: the registered name of the SOP class. */
  private static final String SOP_CLASS_NAME = "SOPClassName";

  @Test
  void every_sample_file_parses_to_the_values_that_another_toolkit_found() throws IOException {
    Json.Obj expected =
        (Json.Obj) JsonParser.parse(Files.readString(RealFiles.folder().resolve("EXPECTED.json")));
    List<String> differences = new ArrayList<>();
    Set<String> listed = new HashSet<>();
    int files = 0;
    int values = 0;
    for (Json entry : ((Json.Arr) member(expected.members(), "files")).values()) {
      Map<String, Json> file = ((Json.Obj) entry).members();
      String name = ((Json.Str) member(file, "file")).value();
      if (!name.startsWith("dicom/")) {
        continue;
      }
      listed.add(name);
      if (name.endsWith(".png")) {
        continue; // pictures of what files look like
      }
      ParsedObject object = RealFiles.read(Files.readAllBytes(RealFiles.folder().resolve(name)));
      files++;
      for (Map.Entry<String, Json> value :
          ((Json.Obj) member(file, "values")).members().entrySet()) {
        values++;
        // The file without file meta information has no transfer syntax: null.
        String text = value.getValue() instanceof Json.Str s ? s.value() : "";
        if (value.getKey().equals(SOP_CLASS_NAME)) {
          sopClassName(name, text, object, differences);
        } else {
          compare(name, value.getKey(), text, object, differences);
        }
      }
    }

    assertThat(differences).isEmpty();
    // The list leaves no file out, and every file of the list is there.
    assertThat(listed)
        .containsAll(
            RealFiles.all().stream()
                .map(f -> RealFiles.folder().relativize(f).toString())
                .toList());
    assertThat(files).isEqualTo(RealFiles.all().size()).isGreaterThanOrEqualTo(134);
    assertThat(values).isGreaterThan(2000);
  }

  private static void sopClassName(
      String file, String expected, ParsedObject object, List<String> differences) {
    String uid =
        object
            .dataset()
            .string(Tag.SOPClassUID)
            .or(() -> object.fileMeta().string(Tag.MediaStorageSOPClassUID))
            .orElse("");
    // A directory is registered under another name than its file set's class.
    String found = Uids.nameOf(uid);
    if (!found.equals(expected) && !uid.equals(expected)) {
      differences.add(file + " SOP class: expected " + expected + ", found " + found);
    }
  }

  private static Json member(Map<String, Json> members, String name) {
    return Objects.requireNonNull(members.get(name), name);
  }

  private static void compare(
      String file, String keyword, String expected, ParsedObject object, List<String> differences) {
    int tag = Dictionary.byKeyword(keyword).orElseThrow().tag();
    Dataset where = Tags.group(tag) == 2 ? object.fileMeta() : object.dataset();
    String actual = String.join("\\", where.strings(tag));
    if (Dictionary.vrOf(tag) == Vr.PN) {
      actual = PersonName.parse(actual).value(); // trailing delimiters mean nothing
    }
    String wanted = normalized(expected);
    if (Dictionary.vrOf(tag) == Vr.PN) {
      wanted = PersonName.parse(wanted).value();
    }
    if (!wanted.equals(actual)) {
      differences.add(file + " " + keyword + ": expected " + expected + ", found " + actual);
    }
  }

  /** The list prints multiple values as a Python list. */
  private static String normalized(String expected) {
    return expected.startsWith("[")
        ? expected.replaceAll("^\\[|\\]$", "").replace("'", "").replace(", ", "\\")
        : expected;
  }

  @Test
  void every_sample_file_survives_json_and_back() throws IOException {
    List<String> differences = new ArrayList<>();
    for (var file : RealFiles.all()) {
      Dataset dataset = RealFiles.read(Files.readAllBytes(file)).dataset();
      String json = DicomJson.write(dataset, e -> null);
      Dataset again = DicomJson.read(json);
      if (!DicomJson.write(again, e -> null).equals(json)) {
        differences.add(file.getFileName().toString());
      }
      if (!again.personName(Tag.PatientName).equals(dataset.personName(Tag.PatientName))) {
        differences.add(file.getFileName() + " name");
      }
    }

    // Pixel data of odd length comes back padded.
    assertThat(differences).containsExactly("dx-dog-thorax-mono1-8bit.dcm");
  }

  @Test
  void every_storage_class_of_the_samples_is_registered() throws IOException {
    for (var file : RealFiles.all()) {
      ParsedObject object = RealFiles.read(Files.readAllBytes(file));
      String sopClass = object.dataset().string(Tag.SOPClassUID, "");
      assertThat(sopClass.isEmpty() || Uids.isStorageSopClass(sopClass))
          .as(file.toString())
          .isTrue();
    }
  }
}
