package org.heliograph.reader.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.report.ReportDocument.Addendum;
import org.heliograph.reader.report.ReportDocument.Letterhead;
import org.heliograph.reader.report.ReportDocument.Patient;
import org.heliograph.reader.report.ReportDocument.Request;
import org.heliograph.reader.report.ReportDocument.Signature;
import org.heliograph.reader.report.ReportDocument.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPdfTest {
  private static final Signature SIGNED =
      new Signature("Dr Ingrid Lindqvist", "MD, Radiology", Instant.parse("2026-11-21T14:05:00Z"));

  private final ReportPdf pdf = new ReportPdf();

  @ParameterizedTest
  @ValueSource(strings = {"Amina Okoye", "Łukasz Żółć", "Ольга Иванова", "王小明", "ሰላም ተስፋዬ"})
  void a_name_in_its_own_script_is_in_the_page_as_text(String name) throws IOException {
    assertThat(text(pdf.render(report(name, Standing.FINAL, "No fracture."))))
        .contains(name)
        .contains("Final");
  }

  @ParameterizedTest
  @ValueSource(strings = {"محمد الأحمد", "अनिता शर्मा", "דוד כהן", "สมชาย ใจดี", "রহিমা বেগম"})
  void every_letter_of_a_name_has_a_glyph(String name) throws IOException {
    byte[] page = pdf.render(report(name, Standing.FINAL, "No fracture."));
    keep(page, Integer.toHexString(name.hashCode()));

    assertThat(text(page)).doesNotContain("#").doesNotContain("\uFFFD");
  }

  @Test
  void hostile_text_is_printed_as_text() throws IOException {
    String hostile = "<script>alert(1)</script> & <img src='file:///etc/passwd'/> ]]> \u0000\u0007";

    String text = text(pdf.render(report(hostile, Standing.FINAL, hostile)));

    assertThat(text).contains("<script>alert(1)</script>").contains("file:///etc/passwd");
  }

  @Test
  void an_unsigned_report_says_so() throws IOException {
    String text = text(pdf.render(report("Amina Okoye", Standing.DRAFT, "Draft text.")));

    assertThat(text).contains("DRAFT: not signed").doesNotContain("Signed electronically");
  }

  @Test
  void a_long_report_runs_over_several_numbered_pages() throws IOException {
    String longText = "The lungs are clear and the heart is of normal size. ".repeat(300);
    byte[] pages = pdf.render(report("Amina Okoye", Standing.AMENDED, longText));
    keep(pages, "long");

    try (PDDocument document = Loader.loadPDF(pages)) {
      assertThat(document.getNumberOfPages()).isGreaterThan(2);
    }
    assertThat(text(pages)).contains("Page 2 of").contains("Addendum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\n", "\u0645", "\u4e2d", "a\u0301", "\u05d0 a ", "&<", "\t"})
  @Timeout(90)
  void the_longest_text_of_anything_is_printed(String piece) throws IOException {
    var longest = piece.repeat(ReportSections.MAX_CHARACTERS / piece.length());

    try (PDDocument document =
        Loader.loadPDF(pdf.render(report("Amina Okoye", Standing.FINAL, longest)))) {
      assertThat(document.getNumberOfPages()).isBetween(1, 1_000);
    }
  }

  private static ReportDocument report(String name, Standing standing, String findings) {
    boolean signed = standing == Standing.FINAL || standing == Standing.AMENDED;
    return new ReportDocument(
        new Letterhead("Kibera Health Centre", "Olympic Estate 12\nNairobi", null),
        new Patient(name, "KHC-00481", "KHC", LocalDate.of(1984, 3, 9), "F"),
        new Request(
            "Left forearm",
            "Fracture?",
            "Fall from a ladder yesterday, swelling over the wrist.",
            "Dr J. Mwangi, Nairobi West Hospital",
            "A-2026-118",
            "DX, 2 images",
            LocalDate.of(2026, 11, 20)),
        "2026-000123",
        Specialty.RADIOLOGY,
        standing,
        new ReportSections(
            "AP and lateral views.",
            "None available.",
            findings,
            "Displaced fracture of the distal radius.",
            "Reduction and cast; control in one week."),
        signed ? SIGNED : null,
        standing == Standing.AMENDED
            ? List.of(new Addendum("The ulnar styloid is broken as well.", SIGNED))
            : List.of());
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  private static void keep(byte[] pdf, String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "reports"));
    Files.write(folder.resolve("report-" + name + ".pdf"), pdf);
  }
}
