package org.heliograph.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.heliograph.dicom.data.Iod.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistriesTest {
  @Test
  void sop_classes_know_their_service_and_their_information_object() {
    SopClass ct = SopClass.of(Uids.CtImageStorage).orElseThrow();
    assertThat(ct.service()).isEqualTo(ServiceClass.STORAGE);
    assertThat(ct.iod().orElseThrow().id()).isEqualTo("ct-image");
    assertThat(SopClass.of(Uids.StudyRootQueryRetrieveMove).orElseThrow().service())
        .isEqualTo(ServiceClass.QUERY_RETRIEVE);
    assertThat(SopClass.of(Uids.ModalityWorklistFind).orElseThrow().service())
        .isEqualTo(ServiceClass.WORKLIST);
    assertThat(SopClass.of(Uids.UltrasoundImageStorageRetired).orElseThrow().isRetired()).isTrue();
    assertThat(SopClass.of(Uids.ExplicitVrLittleEndian)).isEmpty();
    assertThat(SopClass.of("1.2.3")).isEmpty();
    assertThat(SopClass.of(ServiceClass.STORAGE)).hasSameSizeAs(Uids.storageSopClasses());
  }

  @Test
  void every_service_class_has_sop_classes() {
    for (ServiceClass service : ServiceClass.values()) {
      assertThat(SopClass.of(service)).as(service.name()).isNotEmpty();
    }
  }

  @Test
  void information_objects_know_how_they_use_modules() {
    Iod ct = Iod.of("CT Image").orElseThrow();

    assertThat(ct.usage("General Study")).contains(Usage.MANDATORY);
    assertThat(ct.usage("ct-image")).contains(Usage.MANDATORY);
    assertThat(ct.usage("Contrast/Bolus")).contains(Usage.CONDITIONAL);
    assertThat(ct.usage("Overlay Plane")).contains(Usage.USER_OPTION);
    assertThat(ct.usage("Waveform")).isEmpty();
    assertThat(ct.modules().getFirst().entity()).isEqualTo("Patient");
    assertThat(Iod.all()).hasSize(171);
  }

  @Test
  void every_information_object_of_a_sop_class_is_there_with_modules() {
    for (SopClass c : SopClass.all()) {
      if (c.iodName() != null) {
        assertThat(c.iod().orElseThrow().modules()).as(c.name()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.1.2, NONE",
    "1.2.840.10008.1.2.1.99, NONE",
    "1.2.840.10008.1.2.4.50, LOSSY",
    "1.2.840.10008.1.2.4.70, LOSSLESS",
    "1.2.840.10008.1.2.4.80, LOSSLESS",
    "1.2.840.10008.1.2.4.81, EITHER",
    "1.2.840.10008.1.2.4.91, EITHER",
    "1.2.840.10008.1.2.4.102, LOSSY",
    "1.2.840.10008.1.2.4.111, LOSSY",
    "1.2.840.10008.1.2.4.94, UNKNOWN",
    "1.2.3.4, UNKNOWN"
  })
  void transfer_syntaxes_say_what_they_do_to_pixels(String uid, Compression compression) {
    assertThat(TransferSyntax.of(uid).compression()).isEqualTo(compression);
  }

  @Test
  void every_transfer_syntax_but_the_referenced_ones_says_so() {
    assertThat(Uids.transferSyntaxes())
        .filteredOn(u -> TransferSyntax.of(u).compression() == Compression.UNKNOWN)
        .hasSize(4);
  }
}
