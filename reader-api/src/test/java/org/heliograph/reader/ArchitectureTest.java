package org.heliograph.reader;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The arrows of ARCHITECTURE.md, held for everything the hub is made of. */
@AnalyzeClasses(packages = "org.heliograph", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule dicom_core_knows_nobody_and_no_framework =
      noClasses()
          .that()
          .resideInAPackage("org.heliograph.dicom..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.heliograph.node..",
                  "org.heliograph.archive..",
                  "org.heliograph.reader..",
                  "org.springframework..",
                  "org.slf4j..",
                  "java.sql.."));

  @ArchTest
  static final ArchRule dicom_node_knows_dicom_core_alone =
      noClasses()
          .that()
          .resideInAPackage("org.heliograph.node..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.heliograph.archive..",
                  "org.heliograph.reader..",
                  "org.springframework..",
                  "java.sql.."));

  @ArchTest
  static final ArchRule archive_knows_no_network =
      noClasses()
          .that()
          .resideInAPackage("org.heliograph.archive..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.heliograph.node..",
                  "org.heliograph.reader..",
                  "org.heliograph.dicom.net..",
                  "jakarta.servlet..",
                  "org.springframework.web.."));

  @ArchTest
  static final ArchRule codecs_and_data_sets_know_no_network =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.heliograph.dicom.data..",
              "org.heliograph.dicom.io..",
              "org.heliograph.dicom.json..",
              "org.heliograph.dicom.charset..",
              "org.heliograph.dicom.pixel..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.heliograph.dicom.net..", "java.net.."));

  @ArchTest
  static final ArchRule sockets_know_no_data_set =
      noClasses()
          .that()
          .resideInAPackage("org.heliograph.dicom.net.ul..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.heliograph.dicom.net.dimse..", "org.heliograph.dicom.io.."));

  @ArchTest
  static final ArchRule nobody_maps_objects_to_tables =
      noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.persistence..");

  /** The PDF renderer logs by java.util.logging and is silenced there. */
  @ArchTest
  static final ArchRule one_way_to_log =
      noClasses()
          .that()
          .doNotHaveSimpleName("ReportPdf")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule time_is_injected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now");

  @ArchTest
  static final ArchRule the_clock_is_made_in_one_place =
      noClasses()
          .that()
          .doNotHaveSimpleName("HubApplication")
          .and()
          .resideInAPackage("org.heliograph.reader..")
          .should()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule only_command_lines_print =
      noClasses()
          .that()
          .doNotHaveSimpleName("Hub")
          .and()
          .doNotHaveSimpleName("Admin")
          .and()
          .doNotHaveSimpleName("MediaConsole")
          .and()
          .doNotHaveSimpleName("GatewayMain")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @Test
  void capabilities_of_the_hub_have_no_cycles_and_use_what_is_public() {
    ApplicationModules.of(HubApplication.class).verify();
  }
}
