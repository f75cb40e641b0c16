package org.heliograph.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.ValueElement;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.RandomDatasets;
import org.heliograph.dicom.io.RealFiles;
import org.heliograph.dicom.xml.DicomXmlException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomXmlTest {
  @TempDir Path folder;

  @Test
  void writes_the_native_model() {
    Dataset dataset =
        Dataset.builder()
            .string(Tag.SpecificCharacterSet, "ISO_IR 100")
            .string(Tag.PatientName, "Wang^XiaoDong^^Dr=王^小东")
            .string(Tag.ImageType, "A", "", "B")
            .string(Tag.StudyDescription, "<a & \"b\">")
            .integer(Tag.Rows, 512)
            .empty(Tag.AccessionNumber)
            .text(0x00110010, Vr.LO, "ACME \"1\"")
            .bytes(0x00111001, Vr.UN, new byte[] {1, 2})
            .sequence(Tag.ReferencedStudySequence, Dataset.empty())
            .element(new BulkElement(Tag.PixelData, Vr.OW, 1000, 5000))
            .build();

    assertThat(DicomXml.write(dataset, e -> "../frames/1?a&b"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">
            <DicomAttribute tag="00080005" vr="CS" keyword="SpecificCharacterSet"><Value number="1">ISO_IR 192</Value></DicomAttribute>
            <DicomAttribute tag="00080008" vr="CS" keyword="ImageType"><Value number="1">A</Value><Value number="2"></Value><Value number="3">B</Value></DicomAttribute>
            <DicomAttribute tag="00080050" vr="SH" keyword="AccessionNumber"></DicomAttribute>
            <DicomAttribute tag="00081030" vr="LO" keyword="StudyDescription"><Value number="1">&lt;a &amp; &quot;b&quot;&gt;</Value></DicomAttribute>
            <DicomAttribute tag="00081110" vr="SQ" keyword="ReferencedStudySequence"><Item number="1">
            </Item>
            </DicomAttribute>
            <DicomAttribute tag="00100010" vr="PN" keyword="PatientName"><PersonName number="1">\
            <Alphabetic><FamilyName>Wang</FamilyName><GivenName>XiaoDong</GivenName><NamePrefix>Dr</NamePrefix></Alphabetic>\
            <Ideographic><FamilyName>王</FamilyName><GivenName>小东</GivenName></Ideographic></PersonName></DicomAttribute>
            <DicomAttribute tag="00110010" vr="LO"><Value number="1">ACME &quot;1&quot;</Value></DicomAttribute>
            <DicomAttribute tag="00110001" vr="UN" privateCreator="ACME &quot;1&quot;"><InlineBinary>AQI=</InlineBinary></DicomAttribute>
            <DicomAttribute tag="00280010" vr="US" keyword="Rows"><Value number="1">512</Value></DicomAttribute>
            <DicomAttribute tag="7FE00010" vr="OW" keyword="PixelData"><BulkData uri="../frames/1?a&amp;b"/></DicomAttribute>
            </NativeDicomModel>
            """);
  }

  @Test
  void gives_random_data_sets_back() throws IOException {
    for (long seed = 1; seed <= 500; seed++) {
      Dataset dataset = new RandomDatasets(seed).next();

      Dataset again = DicomXml.read(DicomXml.write(dataset, e -> null));

      assertThat(comparable(again)).as("seed " + seed).isEqualTo(comparable(dataset));
    }
  }

  /** In Unicode, and with one NaN for all: XML has no other. */
  private static Dataset comparable(Dataset dataset) {
    Dataset.Builder builder = Dataset.builder();
    for (Element e : dataset) {
      switch (e) {
        case SequenceElement s ->
            builder.sequence(s.tag(), s.items().stream().map(DicomXmlTest::comparable).toList());
        case ValueElement v when v.vr() == Vr.FL || v.vr() == Vr.FD ->
            builder.decimal(
                v.tag(),
                v.vr(),
                Arrays.stream(v.decimals()).map(d -> Double.isNaN(d) ? Double.NaN : d).toArray());
        default -> builder.element(e);
      }
    }
    return builder.string(Tag.SpecificCharacterSet, "ISO_IR 192").build();
  }

  @Test
  void every_sample_file_survives_xml_and_back() throws IOException {
    int files = 0;
    for (Path file : RealFiles.all()) {
      Dataset dataset = RealFiles.read(Files.readAllBytes(file)).dataset();
      String xml = DicomXml.write(dataset, e -> Tags.group(e.tag()) == 0x7FE0 ? "x" : null);
      DicomXml.BulkDataResolver bulk = (tag, vr, uri) -> new BulkElement(tag, vr, 0, 0);

      Dataset again = DicomXml.read(xml, bulk);

      assertThat(DicomXml.write(again, e -> Tags.group(e.tag()) == 0x7FE0 ? "x" : null))
          .as(file.toString())
          .isEqualTo(xml);
      files++;
    }
    assertThat(files).isGreaterThan(90);
  }

  @Test
  void loses_no_character_that_xml_cannot_write() throws IOException {
    for (String text : List.of("a\fb", "\u0001", "\uFFFF", "a\u001B$B")) {
      Dataset dataset = Dataset.builder().text(Tag.PatientComments, Vr.LT, text).build();

      String xml = DicomXml.write(dataset, e -> null);

      assertThat(xml).contains("vr=\"UN\"").doesNotContain(text);
      assertThat(DicomXml.read(xml).string(Tag.PatientComments)).contains(text);
    }
    String lines = " first\r\nsecond\tthird\n\r\u0085\u2028";
    Dataset dataset = Dataset.builder().text(Tag.PatientComments, Vr.LT, lines).build();
    assertThat(DicomXml.read(DicomXml.write(dataset, e -> null))).isEqualTo(dataset);
  }

  @Test
  void keeps_numbers_that_are_none() throws IOException {
    double[] values = {
      Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 1e-310
    };
    Dataset dataset = Dataset.builder().decimal(0x00111001, Vr.FD, values).build();

    String xml = DicomXml.write(dataset, e -> null);

    assertThat(xml).contains(">NaN<", ">-INF<", ">INF<");
    assertThat(DicomXml.read(xml).decimals(0x00111001)).containsExactly(values);
  }

  @Test
  void bulk_data_is_resolved_by_uri_or_uuid() throws IOException {
    String xml =
        model(
            """
            <DicomAttribute tag="7FE00008" vr="OF"><BulkData uuid="b048d28e-e5c2"/></DicomAttribute>
            <DicomAttribute tag="7FE00010" vr="OW"><BulkData uri="a b"/></DicomAttribute>
            """);

    Dataset dataset =
        DicomXml.read(xml, (tag, vr, uri) -> new BulkElement(tag, Vr.OW, uri.length(), 4));

    assertThat(dataset.get(0x7FE00008)).contains(new BulkElement(0x7FE00008, Vr.OW, 22, 4));
    assertThat(dataset.get(Tag.PixelData)).contains(new BulkElement(Tag.PixelData, Vr.OW, 3, 4));
    assertThat(DicomXml.write(dataset, e -> "urn:uuid:b048")).contains("<BulkData uuid=\"b048\"/>");
    assertThat(DicomXml.read(xml).isEmpty()).isTrue();
  }

  @Test
  void makes_the_private_creators_that_a_document_only_names() throws IOException {
    Dataset dataset =
        DicomXml.read(
            model(
                """
                <DicomAttribute tag="00090002" vr="LO" privateCreator="ACME">\
                <Value number="1">x</Value></DicomAttribute>
                """));

    assertThat(dataset.string(0x00090010)).contains("ACME");
    assertThat(dataset.string(0x00091002)).contains("x");
  }

  @Test
  void reads_the_answer_of_a_store_from_the_standard() throws IOException {
    Path example = RealFiles.folder().resolve("dicomweb-examples/store.xml");
    Dataset dataset;
    try (InputStream in = Files.newInputStream(example)) {
      dataset = DicomXml.read(in, (tag, vr, uri) -> null, XmlLimits.defaults());
    }

    assertThat(dataset.items(Tag.FailedSOPSequence)).hasSizeGreaterThan(1);
    assertThat(dataset.items(Tag.ReferencedSOPSequence).getFirst().string(Tag.RetrieveURL, ""))
        .startsWith("https://");
  }

  @Test
  void values_left_out_by_number_are_empty() throws IOException {
    Dataset dataset =
        DicomXml.read(
            model(
                """
                <DicomAttribute keyword="ImageType"><Value number="2">B</Value>\
                <Value number="4"><![CDATA[D]]></Value></DicomAttribute>
                """));

    assertThat(dataset.strings(Tag.ImageType)).containsExactly("", "B", "", "D");
  }

  private static String model(String content) {
    return "<NativeDicomModel>" + content + "</NativeDicomModel>";
  }

  private static String attribute(String attributes, String content) {
    return model("<DicomAttribute " + attributes + ">" + content + "</DicomAttribute>");
  }

  @Test
  void refuses_broken_documents_without_repeating_content() {
    for (String bad :
        List.of(
            "",
            "<",
            "<NativeDicomModel>",
            "<Other/>",
            "<NativeDicomModel/><canary/>",
            model("canary"),
            model("<canary/>"),
            model("<DicomAttribute/>"),
            model("<DicomAttribute tag='00100020' xmlns='canary'/>"),
            attribute("tag='0010002'", ""),
            attribute("tag='canary12'", ""),
            attribute("tag='00100020' vr='ZZ'", ""),
            attribute("tag='00100020' vr='LO'", "canary"),
            attribute("tag='00100020' vr='LO'", "<canary/>"),
            attribute("tag='00100020' vr='LO'", "<Value number='canary'>x</Value>"),
            attribute("tag='00100020' vr='LO'", "<Value number='2000000000'>x</Value>"),
            attribute("tag='00100020' vr='LO'", "<Value><b>canary</b></Value>"),
            attribute("tag='00100020' vr='LO'", "<Value>canary\\canary</Value>"),
            attribute("tag='00280010' vr='US'", "<Value number='1'>canary</Value>"),
            attribute("tag='00280010' vr='US'", "<Value number='1'>99999</Value>"),
            attribute("tag='00100010' vr='PN'", "<PersonName><canary/></PersonName>"),
            attribute("tag='00081110' vr='SQ'", "<Value>canary</Value>"),
            attribute("tag='00081110' vr='SQ'", "<Item><canary/></Item>"),
            attribute("tag='7FE00010' vr='OW'", "<InlineBinary>=canary=</InlineBinary>"),
            attribute("tag='7FE00010' vr='OW'", "<Value>canary</Value>"),
            attribute("tag='7FE00010' vr='OW'", "<BulkData/>"),
            model("<DicomAttribute tag='00100020'/><DicomAttribute tag='00100020'/>"),
            model("&canary;"),
            model("\u0001"))) {
      assertThatThrownBy(() -> DicomXml.read(bad))
          .as(bad)
          .isInstanceOf(DicomXmlException.class)
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  void refuses_document_types_and_with_them_all_entities() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "canary");
    String laughs =
        """
        <!DOCTYPE n [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">\
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>\
        """;
    String external = "<!DOCTYPE n [<!ENTITY c SYSTEM \"" + secret.toUri() + "\">]>";
    String subset = "<!DOCTYPE n SYSTEM \"" + secret.toUri() + "\">";
    for (String type : List.of(laughs, external, subset, "<!DOCTYPE n>")) {
      String xml = type + attribute("tag='00100020' vr='LO'", "<Value>&c;</Value>");
      assertRefused(xml, Code.NOT_XML);
    }
  }

  private static void assertRefused(String xml, Code code) {
    assertThatThrownBy(() -> DicomXml.read(xml))
        .isInstanceOfSatisfying(DicomXmlException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining("canary");
  }

  @Test
  void bounds_depth_values_and_the_whole() {
    String open = "<DicomAttribute tag='00081110' vr='SQ'><Item>";
    assertRefused("<NativeDicomModel>" + open.repeat(100_000), Code.TOO_DEEP);
    XmlLimits limits = new XmlLimits(64, 1000, 1 << 20);
    assertThatThrownBy(() -> DicomXml.read(endless(""), (tag, vr, uri) -> null, limits))
        .isInstanceOfSatisfying(
            DicomXmlException.class, e -> assertThat(e.code()).isEqualTo(Code.TOO_LARGE));
    String start = "<NativeDicomModel><DicomAttribute tag='00104000' vr='LT'><Value>";
    assertThatThrownBy(() -> DicomXml.read(endless(start), (tag, vr, uri) -> null, limits))
        .isInstanceOfSatisfying(
            DicomXmlException.class, e -> assertThat(e.code()).isEqualTo(Code.TOO_LARGE));
  }

  /** A start, then more spaces than any limit here. */
  private static InputStream endless(String start) {
    byte[] spaces = new byte[1 << 22];
    Arrays.fill(spaces, (byte) ' ');
    return new SequenceInputStream(
        new ByteArrayInputStream(start.getBytes(StandardCharsets.US_ASCII)),
        new ByteArrayInputStream(spaces));
  }

  @Test
  void mutated_documents_are_read_or_refused() throws IOException {
    byte[] xml =
        DicomXml.write(new RandomDatasets(7).next(), e -> null).getBytes(StandardCharsets.UTF_8);
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] mutated = xml.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      try {
        DicomXml.read(
            new ByteArrayInputStream(mutated), (tag, vr, uri) -> null, XmlLimits.defaults());
      } catch (DicomXmlException e) {
        assertThat(e).as("seed " + seed).hasMessageMatching("(?s).+");
      } catch (IOException | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
