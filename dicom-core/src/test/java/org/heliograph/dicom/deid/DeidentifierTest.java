package org.heliograph.dicom.deid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.BulkElement;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.deid.DeidentificationResult.Deidentified;
import org.heliograph.dicom.deid.DeidentificationResult.Reason;
import org.heliograph.dicom.deid.DeidentificationResult.Refused;
import org.heliograph.dicom.io.DicomWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeidentifierTest {
  private static final DeidentificationKey KEY =
      DeidentificationKey.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private static Dataset apply(Profile profile, Dataset dataset) {
    return Deidentifier.of(profile, KEY).apply(dataset);
  }

  @Test
  void no_marker_survives_the_basic_profile() {
    assertThat(MarkedInstances.TABLE).hasSizeGreaterThan(600);
    for (long seed = 1; seed <= 40; seed++) {
      Dataset marked = new MarkedInstances(seed).next(tag -> true);
      assertThat(MarkedInstances.markers(marked)).hasSizeGreaterThan(500);

      Dataset clean = apply(Profile.basic(), marked);

      assertThat(MarkedInstances.markers(clean)).as("seed " + seed).isEmpty();
      assertThat(clean).noneMatch(e -> Tags.isPrivate(e.tag()));
      assertThat(clean).noneMatch(e -> Integer.toHexString(e.tag()).matches("[56]0......"));
    }
  }

  @Test
  void no_marker_survives_cleaning() {
    Option[] cleaning = {
      Option.CLEAN_DESCRIPTORS,
      Option.CLEAN_STRUCTURED_CONTENT,
      Option.CLEAN_GRAPHICS,
      Option.RETAIN_MODIFIED_DATES,
      Option.RETAIN_SAFE_PRIVATE
    };
    for (long seed = 1; seed <= 40; seed++) {
      // Dates that move may meet other dates' markers; times of day stay.
      Dataset marked = new MarkedInstances(seed).next(t -> !isTemporal(Dictionary.vrOf(t)));

      Dataset clean = apply(Profile.basic().with(cleaning), marked);

      assertThat(MarkedInstances.markers(clean)).as("seed " + seed).isEmpty();
    }
  }

  private static boolean isTemporal(Vr vr) {
    return vr == Vr.DA || vr == Vr.DT || vr == Vr.TM;
  }

  /** What an option retains is what its column says, and the rest is as without it. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "RETAIN_UIDS",
        "RETAIN_FULL_DATES",
        "RETAIN_PATIENT_CHARACTERISTICS",
        "RETAIN_DEVICE_IDENTITY",
        "RETAIN_INSTITUTION_IDENTITY"
      })
  void an_option_keeps_exactly_what_its_column_says(Option option) {
    Set<Integer> column = new HashSet<>();
    ProfileTable.resource()
        .lines()
        .map(l -> l.split("\t", -1))
        .filter(f -> Arrays.asList(f[2].split(",", -1)).contains(option + "=K"))
        .forEach(f -> column.add(Integer.parseUnsignedInt(f[0], 16)));
    Dataset marked = new MarkedInstances(7).next(t -> Dictionary.vrOf(t) != Vr.SQ);
    Dataset basic = apply(Profile.basic(), marked);

    Dataset clean = apply(Profile.basic().with(option), marked);

    int kept = 0;
    List<String> wrong = new ArrayList<>();
    for (int tag : MarkedInstances.TABLE) {
      if (Dictionary.vrOf(tag) == Vr.SQ) {
        continue;
      }
      boolean inColumn = column.contains(tag);
      kept += inColumn ? 1 : 0;
      if (!clean.get(tag).equals((inColumn ? marked : basic).get(tag))) {
        wrong.add(Tags.toString(tag));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(kept).isGreaterThan(5);
    assertThat(clean.items(Tag.DeidentificationMethodCodeSequence))
        .extracting(c -> c.string(Tag.CodeValue, ""))
        .containsExactly("113100", option.code());
  }

  @Test
  void says_how_it_was_done() {
    Dataset clean =
        apply(
            Profile.basic().with(Option.CLEAN_PIXEL_DATA, Option.RETAIN_MODIFIED_DATES),
            MarkedInstances.plain("A").build());

    assertThat(clean.string(Tag.PatientIdentityRemoved)).contains("YES");
    assertThat(clean.string(Tag.LongitudinalTemporalInformationModified)).contains("MODIFIED");
    // No pixels were cleaned, so none are claimed to be.
    assertThat(clean.items(Tag.DeidentificationMethodCodeSequence))
        .extracting(c -> c.string(Tag.CodeValue, ""))
        .containsExactly("113100", "113107");
    assertThat(clean.strings(Tag.DeidentificationMethod)).allMatch(m -> m.length() <= 64);
    for (Option option : Option.values()) {
      assertThat(option.meaning().length()).isLessThanOrEqualTo(64);
    }
  }

  @Test
  void uids_stay_consistent_over_a_study_and_over_runs() {
    Dataset image =
        MarkedInstances.plain("A")
            .string(Tag.FrameOfReferenceUID, "1.2.840.10008.1.4.1.1")
            .string(Tag.SeriesInstanceUID, "1.2.777.3")
            .build();
    Dataset reference =
        Dataset.builder()
            .string(Tag.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
            .string(Tag.ReferencedSOPInstanceUID, image.string(Tag.SOPInstanceUID, ""))
            .build();
    Dataset other =
        MarkedInstances.plain("B")
            .sequence(
                Tag.ReferencedSeriesSequence,
                Dataset.builder()
                    .string(Tag.SeriesInstanceUID, "1.2.777.3")
                    .sequence(Tag.ReferencedInstanceSequence, reference)
                    .build())
            .sequence(Tag.ReferencedImageSequence, reference)
            .build();

    Dataset a = apply(Profile.basic(), image);
    Dataset b = apply(Profile.basic(), other);

    String uid = a.string(Tag.SOPInstanceUID, "");
    assertThat(Uid.isValid(uid)).isTrue();
    assertThat(uid).startsWith("2.25.").hasSizeLessThanOrEqualTo(44);
    assertThat(b.item(Tag.ReferencedImageSequence).orElseThrow())
        .isEqualTo(
            Dataset.builder()
                .string(Tag.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
                .string(Tag.ReferencedSOPInstanceUID, uid)
                .build());
    Dataset series = b.item(Tag.ReferencedSeriesSequence).orElseThrow();
    assertThat(series.string(Tag.SeriesInstanceUID)).isEqualTo(a.string(Tag.SeriesInstanceUID));
    assertThat(series.item(Tag.ReferencedInstanceSequence).orElseThrow())
        .isEqualTo(b.item(Tag.ReferencedImageSequence).orElseThrow());
    assertThat(a.string(Tag.StudyInstanceUID)).isEqualTo(b.string(Tag.StudyInstanceUID));
    assertThat(a.string(Tag.SOPClassUID)).isEqualTo(image.string(Tag.SOPClassUID));
    assertThat(a.string(Tag.FrameOfReferenceUID)).contains("1.2.840.10008.1.4.1.1");
    assertThat(apply(Profile.basic(), image)).isEqualTo(a);
    Dataset foreign = Deidentifier.of(Profile.basic(), DeidentificationKey.random()).apply(image);
    assertThat(foreign.string(Tag.SOPInstanceUID)).isNotEqualTo(a.string(Tag.SOPInstanceUID));
    assertThat(foreign.string(Tag.PatientID)).isNotEqualTo(a.string(Tag.PatientID));
  }

  @Test
  void moved_dates_keep_their_intervals_times_and_zones() {
    Profile profile = Profile.basic().with(Option.RETAIN_MODIFIED_DATES);
    Dataset first =
        apply(
            profile,
            MarkedInstances.plain("A")
                .string(Tag.StudyDate, "20240229")
                .string(Tag.StudyTime, "235959.999999")
                .string(Tag.AcquisitionDateTime, "20240229235959.5+1300")
                .string(Tag.DateOfSecondaryCapture, "2024.03.01")
                .string(Tag.PatientBirthDate, "19700101")
                .build());
    Dataset second =
        apply(
            profile,
            MarkedInstances.plain("A")
                .string(Tag.StudyDate, "20250301")
                .string(Tag.AcquisitionDateTime, "2025")
                .string(Tag.ContentDate, "nonsense")
                .build());
    Dataset other =
        apply(profile, MarkedInstances.plain("C").string(Tag.StudyDate, "20240229").build());

    var date = first.date(Tag.StudyDate).orElseThrow();
    assertThat(date).isBefore("2024-02-29").isAfter("2014-02-01");
    assertThat(second.date(Tag.StudyDate)).contains(date.plusDays(366));
    assertThat(first.date(Tag.DateOfSecondaryCapture)).contains(date.plusDays(1));
    assertThat(first.string(Tag.StudyTime)).contains("235959.999999");
    assertThat(first.date(Tag.AcquisitionDateTime)).contains(date);
    assertThat(first.string(Tag.AcquisitionDateTime, "")).endsWith("235959.5+1300");
    assertThat(second.string(Tag.AcquisitionDateTime, "")).hasSize(4);
    assertThat(second.string(Tag.ContentDate)).contains("19000101");
    assertThat(first.bytes(Tag.PatientBirthDate)).isEmpty();
    assertThat(other.date(Tag.StudyDate)).isNotEqualTo(first.date(Tag.StudyDate));
  }

  @Test
  void descriptions_keep_words_that_are_known_to_be_safe() {
    Dataset clean =
        apply(
            Profile.basic().with(Option.CLEAN_DESCRIPTORS),
            MarkedInstances.plain("A")
                .string(Tag.SeriesDescription, "T1 AX Müller chest 5mm, 20240229 (Dr. MARKER)")
                .string(Tag.StudyDescription, "MARKER")
                .string(Tag.ProtocolName, "MARKER")
                .sequence(
                    Tag.AdmittingDiagnosesCodeSequence,
                    DummyValues.code("1", "DCM", "MARKER1"),
                    DummyValues.code("MARKER", "99LOCAL", "MARKER lung"))
                .build());

    assertThat(clean.string(Tag.SeriesDescription)).contains("T1 chest 5mm");
    assertThat(clean.contains(Tag.StudyDescription)).isFalse();
    assertThat(clean.string(Tag.ProtocolName)).contains("Removed");
    assertThat(clean.items(Tag.AdmittingDiagnosesCodeSequence))
        .containsExactly(
            DummyValues.code("1", "DCM", "MARKER1"),
            DummyValues.code("Removed", "99LOCAL", "lung"));
  }

  @Test
  void safe_private_attributes_stay_with_their_creator() {
    Dataset original =
        MarkedInstances.plain("A")
            .text(0x00190010, Vr.LO, "SIEMENS MR HEADER")
            .text(0x0019100C, Vr.IS, "1000")
            .text(0x00191015, Vr.LO, "MARKER")
            .text(0x00190011, Vr.LO, "MARKER")
            .text(0x0019110C, Vr.IS, "1000")
            .text(0x00430010, Vr.LO, "GEMS_PARM_01")
            .text(0x00431001, Vr.LO, "MARKER")
            .build();

    Dataset clean = apply(Profile.basic().with(Option.RETAIN_SAFE_PRIVATE), original);

    assertThat(clean.get(0x00190010)).isEqualTo(original.get(0x00190010));
    assertThat(clean.get(0x0019100C)).isEqualTo(original.get(0x0019100C));
    assertThat(clean).filteredOn(e -> Tags.isPrivate(e.tag())).hasSize(2);
  }

  private static Dataset.Builder image(byte... pixels) {
    return MarkedInstances.plain("A")
        .integer(Tag.Rows, 2)
        .integer(Tag.Columns, 3)
        .integer(Tag.SamplesPerPixel, 1)
        .integer(Tag.BitsAllocated, 8)
        .integer(Tag.NumberOfFrames, pixels.length / 6)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .bytes(Tag.PixelData, Vr.OB, pixels);
  }

  @Test
  void regions_are_blanked_in_every_frame_and_claimed() {
    Dataset burned =
        image(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
            .string(Tag.BurnedInAnnotation, "YES")
            .build();

    Dataset clean = apply(Profile.basic().blanking(new PixelRegion(1, 0, 9, 1)), burned);

    assertThat(clean.bytes(Tag.PixelData)).containsExactly(1, 0, 0, 4, 5, 6, 7, 0, 0, 10, 11, 12);
    assertThat(clean.string(Tag.BurnedInAnnotation)).contains("NO");
    assertThat(clean.items(Tag.DeidentificationMethodCodeSequence))
        .extracting(c -> c.string(Tag.CodeValue, ""))
        .containsExactly("113100", "113101");
  }

  @Test
  void instances_that_show_identification_are_refused() {
    Profile cleanPixels = Profile.basic().with(Option.CLEAN_PIXEL_DATA);
    Profile blanking = Profile.basic().blanking(new PixelRegion(0, 0, 1, 1));
    Dataset plain = image(new byte[6]).build();
    Dataset capture =
        plain.toBuilder().string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7").build();
    Dataset burned = plain.toBuilder().string(Tag.BurnedInAnnotation, "YES").build();
    Dataset face = plain.toBuilder().string(Tag.RecognizableVisualFeatures, "YES").build();
    Dataset overlay = plain.toBuilder().integer(0x60000102, Vr.US, 12).build();
    Dataset compressed = plain.toBuilder().encapsulated(List.of(new byte[2])).build();
    Dataset elsewhere = plain.with(new BulkElement(Tag.PixelData, Vr.OW, 100, 6));
    Dataset odd = plain.toBuilder().integer(Tag.BitsAllocated, 1).build();

    assertThat(result(Profile.basic(), burned)).isEqualTo(new Refused(Reason.BURNED_IN_ANNOTATION));
    assertThat(result(Profile.basic(), face))
        .isEqualTo(new Refused(Reason.RECOGNIZABLE_VISUAL_FEATURES));
    assertThat(result(Profile.basic(), overlay))
        .isEqualTo(new Refused(Reason.OVERLAY_IN_PIXEL_DATA));
    assertThat(result(cleanPixels, capture)).isEqualTo(new Refused(Reason.RISKY_KIND));
    assertThat(result(blanking, compressed)).isEqualTo(new Refused(Reason.COMPRESSED_PIXEL_DATA));
    assertThat(result(blanking, elsewhere)).isEqualTo(new Refused(Reason.PIXEL_DATA_NOT_IN_MEMORY));
    assertThat(result(blanking, odd)).isEqualTo(new Refused(Reason.UNKNOWN_PIXEL_LAYOUT));
    assertThat(result(cleanPixels, plain)).isInstanceOf(Deidentified.class);
    assertThat(result(Profile.basic(), capture)).isInstanceOf(Deidentified.class);
    assertThat(apply(Profile.basic(), elsewhere).get(Tag.PixelData))
        .isEqualTo(elsewhere.get(Tag.PixelData));
    assertThatThrownBy(() -> apply(Profile.basic(), burned))
        .isInstanceOf(RefusedInstanceException.class)
        .hasMessage("refused: BURNED_IN_ANNOTATION");
  }

  private static DeidentificationResult result(Profile profile, Dataset dataset) {
    return Deidentifier.of(profile, KEY).deidentify(dataset);
  }

  @Test
  void dummy_values_are_valid_for_each_vr() {
    for (Vr vr : EnumSet.allOf(Vr.class)) {
      Element dummy = DummyValues.of(0x00111001, vr);
      assertThat(dummy.vr()).isEqualTo(vr);
      Dataset dataset = Dataset.builder().element(dummy).build();
      switch (vr) {
        case DA, DT -> assertThat(dataset.date(0x00111001)).isPresent();
        case AS -> assertThat(dataset.string(0x00111001, "")).matches("[0-9]{3}[DWMY]");
        case UI -> assertThat(Uid.isValid(dataset.string(0x00111001, ""))).isTrue();
        case DS, IS, FD, FL, SL, SS, UL, US -> assertThat(dataset.decimal(0x00111001)).hasValue(0);
        default -> assertThat(dataset.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_key_and_a_profile_are_checked_and_silent() {
    assertThatThrownBy(() -> DeidentificationKey.of(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Profile.basic().with(Option.RETAIN_FULL_DATES, Option.RETAIN_MODIFIED_DATES))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(KEY).hasToString("DeidentificationKey[***]");
  }

  @Test
  void file_meta_information_is_new() {
    Dataset clean = apply(Profile.basic(), MarkedInstances.plain("A").build());

    Dataset meta = DicomWriter.fileMeta(clean, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);

    assertThat(meta.string(Tag.MediaStorageSOPInstanceUID))
        .isEqualTo(clean.string(Tag.SOPInstanceUID));
    assertThat(meta.contains(Tag.SourceApplicationEntityTitle)).isFalse();
  }
}
