package org.heliograph.reader.intake.dimse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.heliograph.archive.Archive;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.ul.AssociationException;
import org.heliograph.dicom.net.ul.Pdu;
import org.heliograph.reader.CtStudies;
import org.heliograph.reader.HubTest;
import org.heliograph.reader.TestPeople;
import org.heliograph.reader.sites.Sites;
import org.heliograph.reader.sites.StorageClasses;
import org.heliograph.reader.sites.StorageClasses.StorageClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** C-STORE to the whole hub: what each kind of instance and of sender is answered. */
@HubTest
@ExtendWith(OutputCaptureExtension.class)
class DimseWiringIT {
  private static final SopClassUid CT = CtStudies.SOP_CLASS;
  private static final List<String> CANARIES =
      List.of("ZQCANARYNAME", "ZQCANARYID", "ZQCANARYTEXT", "ZQCANARYACC", "1.2.826.0.99.77");

  @Autowired private Environment environment;
  @Autowired private Sites sites;
  @Autowired private Archive archive;
  @Autowired private StorageClasses storageClasses;
  @Autowired private JdbcClient sql;

  private UUID north = new UUID(0, 0);
  private final Uid study = Uid.create();
  private final Uid series = Uid.create();

  @BeforeEach
  void two_clinics_send() {
    north = TestPeople.site(sites, "NORTH").id();
    TestPeople.site(sites, "SOUTH");
    sites.addAeTitle("NORTH", "NORTH_CT");
    sites.addAeTitle("SOUTH", "SOUTH_CT");
  }

  @Test
  void an_instance_is_stored_once_however_often_it_is_sent() throws IOException {
    Dataset slice = slice();

    assertThat(send("NORTH_CT", slice)).isEqualTo(DimseStatus.SUCCESS);
    assertThat(send("NORTH_CT", slice)).isEqualTo(DimseStatus.SUCCESS);

    assertThat(rows(slice)).isOne();
    var stored = archive.catalog().instance(instance(slice)).orElseThrow();
    assertThat(stored.siteId()).isEqualTo(north);
    assertThat(stored.digest()).isEqualTo(CtStudies.sha256(CtStudies.encode(slice)));
    assertThat(
            sql.sql("select origin from archive.instance where id = ?")
                .param(stored.id())
                .query(String.class)
                .single())
        .isEqualTo("dimse:NORTH_CT");
  }

  @Test
  void each_association_leaves_one_audit_event_for_a_study() throws IOException {
    try (StorageScu scu = open("NORTH_CT", CT)) {
      store(scu, slice());
      store(scu, slice());
      scu.release();
    }
    send("NORTH_CT", slice());

    assertThat(
            sql.sql(
                    """
                    select count(*) from reading.audit_event
                    where kind = 'INSTANCES_TRANSFERRED' and detail = 'C-STORE' and object_id = ?
                    """)
                .param(study.value())
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void the_same_uid_with_other_bytes_is_quarantined_and_the_first_stays() throws IOException {
    Dataset slice = slice();
    Dataset other = slice.toBuilder().string(Tag.InstanceNumber, "99").build();

    assertThat(send("NORTH_CT", slice).hex()).isEqualTo("0000");
    DimseStatus answer = send("NORTH_CT", other);

    assertThat(answer.hex()).isEqualTo("B000");
    assertThat(answer.comment()).isEqualTo("SOP Instance exists with other content");
    assertThat(archive.catalog().instance(instance(slice)).orElseThrow().digest())
        .isEqualTo(CtStudies.sha256(CtStudies.encode(slice)));
    assertThat(quarantined(slice)).containsExactly("DIFFERENT_BYTES_FOR_SAME_UID");
  }

  @Test
  void a_study_of_another_clinic_is_quarantined() throws IOException {
    assertThat(send("NORTH_CT", slice()).hex()).isEqualTo("0000");
    Dataset intruder = slice();

    DimseStatus answer = send("SOUTH_CT", intruder);

    assertThat(answer.hex()).isEqualTo("B000");
    assertThat(answer.comment()).isEqualTo("Study belongs to another site");
    assertThat(rows(intruder)).isZero();
    assertThat(quarantined(intruder)).containsExactly("STUDY_OF_OTHER_SITE");
  }

  @Test
  void what_does_not_match_its_command_is_answered_a900() throws IOException {
    Dataset slice = slice();
    SopClassUid mr = SopClassUid.of(Uids.MrImageStorage);
    try (StorageScu scu = open("NORTH_CT", CT, mr)) {
      DimseStatus otherClass =
          scu.store(mr, instance(slice), CtStudies.SYNTAX, source(CtStudies.encode(slice)));
      DimseStatus otherInstance =
          scu.store(
              CT,
              new SopInstanceUid(Uid.create()),
              CtStudies.SYNTAX,
              source(CtStudies.encode(slice)));
      DimseStatus noStudy =
          scu.store(
              CT,
              instance(slice),
              CtStudies.SYNTAX,
              source(CtStudies.encode(slice.without(Tag.StudyInstanceUID))));
      DimseStatus then = store(scu, slice);
      scu.release();

      assertThat(otherClass.hex()).isEqualTo("A900");
      assertThat(otherClass.comment()).isEqualTo("Data set does not match SOP Class");
      assertThat(otherInstance.hex()).isEqualTo("A900");
      assertThat(otherInstance.comment()).isEqualTo("Data set does not match SOP Instance");
      assertThat(noStudy.hex()).isEqualTo("A900");
      assertThat(noStudy.comment()).isEqualTo("A required UID is missing");
      assertThat(then.hex()).as("the association goes on").isEqualTo("0000");
    }
  }

  @Test
  void what_cannot_be_read_is_answered_c000() throws IOException {
    Dataset slice = slice();
    byte[] whole = CtStudies.encode(slice);
    // A sequence (0008,1140) of 16 bytes that holds no item.
    byte[] noItem = HexFormat.of().parseHex("08004011535100001000000008001800" + "00".repeat(12));
    try (StorageScu scu = open("NORTH_CT", CT)) {
      DimseStatus truncated =
          scu.store(
              CT,
              instance(slice),
              CtStudies.SYNTAX,
              source(Arrays.copyOf(whole, whole.length - 1_000)));
      DimseStatus unreadable = scu.store(CT, instance(slice), CtStudies.SYNTAX, source(noItem));
      DimseStatus then = store(scu, slice);
      scu.release();

      assertThat(truncated.hex()).isEqualTo("C000");
      assertThat(truncated.comment()).isEqualTo("Data set ends too early");
      assertThat(unreadable.hex()).isEqualTo("C000");
      assertThat(unreadable.comment()).isEqualTo("Data set cannot be understood");
      assertThat(then.hex()).as("the association goes on").isEqualTo("0000");
    }
    assertThat(rows(slice)).isOne();
  }

  @Test
  void an_unknown_ae_title_is_rejected_until_it_is_registered() throws IOException {
    assertRejected("LATE_CT", new Pdu.AssociateRj(1, 1, 3));

    sites.addAeTitle("NORTH", "LATE_CT");

    assertThat(send("LATE_CT", slice()).hex()).isEqualTo("0000");
  }

  @Test
  void an_unknown_ae_title_sends_to_the_clinic_that_takes_them() throws IOException {
    assertRejected("NOBODY_CT", new Pdu.AssociateRj(1, 1, 3));

    sites.takeUnknownAeTitles("SOUTH");
    Dataset slice = slice();
    try {
      assertThat(send("NOBODY_CT", slice).hex()).isEqualTo("0000");
    } finally {
      sql.sql("update reading.site set allow_unknown_ae = false").update();
    }

    assertThat(archive.catalog().instance(instance(slice)).orElseThrow().siteId())
        .isEqualTo(sites.byCode("SOUTH").orElseThrow().id());
    assertRejected("NOBODY_CT", new Pdu.AssociateRj(1, 1, 3));
  }

  @Test
  void another_called_ae_title_is_rejected() {
    assertThatThrownBy(() ->
            StorageScu.to("127.0.0.1", port(), new AeTitle("NORTH_CT"), new AeTitle("ELSEWHERE"))
                .propose(CT, CtStudies.SYNTAX)
                .open())
        .isInstanceOfSatisfying(
            AssociationException.Rejected.class,
            rejected -> assertThat(rejected.pdu()).isEqualTo(new Pdu.AssociateRj(1, 1, 7)));
  }

  @Test
  void no_text_of_a_header_comes_into_the_log(CapturedOutput output) throws IOException {
    Dataset canary =
        CtStudies.slice(new Uid("1.2.826.0.99.77.1"), new Uid("1.2.826.0.99.77.2"), 1, 16)
            .string(Tag.SOPInstanceUID, "1.2.826.0.99.77.3")
            .string(Tag.PatientName, "ZQCANARYNAME^ZQCANARYTEXT")
            .string(Tag.PatientID, "ZQCANARYID")
            .string(Tag.AccessionNumber, "ZQCANARYACC")
            .string(Tag.StudyDescription, "ZQCANARYTEXT")
            .string(Tag.InstitutionName, "ZQCANARYTEXT")
            .build();
    byte[] whole = CtStudies.encode(canary);

    assertThat(send("NORTH_CT", canary).hex()).isEqualTo("0000");
    assertThat(send("NORTH_CT", canary.with(slice().get(Tag.Rows).orElseThrow())).hex())
        .isNotEqualTo("0000");
    assertThat(send("SOUTH_CT", canary).hex()).isEqualTo("B000");
    try (StorageScu scu = open("NORTH_CT", CT)) {
      scu.store(CT, instance(slice()), CtStudies.SYNTAX, source(whole));
      scu.store(CT, instance(canary), CtStudies.SYNTAX, source(Arrays.copyOf(whole, 300)));
    }

    assertThat(output.getAll())
        .as("the hub tells what happened")
        .contains("event=instance.quarantined")
        .contains("event=instance.refused");
    for (String text : CANARIES) {
      assertThat(output.getAll()).doesNotContain(text);
    }
  }

  @Test
  void a_class_of_a_maker_is_stored_as_long_as_it_is_registered() throws IOException {
    SopClassUid own = SopClassUid.of("1.2.826.0.1.3680043.9.7777.1.4");
    Dataset raw = slice().toBuilder().string(Tag.SOPClassUID, own.value().value()).build();

    assertThat(accepts(own)).isFalse();
    storageClasses.add(new StorageClass(own.value().value(), "Raw of a maker"));
    try (StorageScu scu = open("NORTH_CT", own, CT)) {
      assertThat(
              scu.store(own, instance(raw), CtStudies.SYNTAX, source(CtStudies.encode(raw))).hex())
          .isEqualTo("0000");
      assertThat(store(scu, slice()).hex()).isEqualTo("0000");
      scu.release();
    }
    assertThat(rows(raw)).isOne();
    assertThat(archive.catalog().instance(instance(raw)).orElseThrow().sopClass()).isEqualTo(own);
    storageClasses.remove(own.value().value());
    assertThat(accepts(own)).isFalse();
  }

  private boolean accepts(SopClassUid sopClass) throws IOException {
    try (StorageScu scu = open("NORTH_CT", sopClass)) {
      return scu.accepts(sopClass, CtStudies.SYNTAX);
    }
  }

  private Dataset slice() {
    return CtStudies.slice(study, series, 1, 64).build();
  }

  private DimseStatus send(String calling, Dataset slice) throws IOException {
    try (StorageScu scu = open(calling, CT)) {
      DimseStatus status = store(scu, slice);
      scu.release();
      return status;
    }
  }

  private static DimseStatus store(StorageScu scu, Dataset slice) throws IOException {
    return scu.store(CT, instance(slice), CtStudies.SYNTAX, source(CtStudies.encode(slice)));
  }

  private StorageScu open(String calling, SopClassUid... classes) throws IOException {
    StorageScu.Builder builder =
        StorageScu.to("127.0.0.1", port(), new AeTitle(calling), new AeTitle("HELIOGRAPH"));
    for (SopClassUid sopClass : classes) {
      builder.propose(sopClass, CtStudies.SYNTAX);
    }
    return builder.open();
  }

  private void assertRejected(String calling, Pdu.AssociateRj expected) {
    assertThatThrownBy(() -> open(calling, CT))
        .isInstanceOfSatisfying(
            AssociationException.Rejected.class,
            rejected -> assertThat(rejected.pdu()).isEqualTo(expected));
  }

  private int port() {
    return Objects.requireNonNull(environment.getProperty("local.dicom.port", Integer.class));
  }

  private int rows(Dataset slice) {
    return sql.sql("select count(*) from archive.instance where sop_instance_uid = ?")
        .param(instance(slice).value().value())
        .query(Integer.class)
        .single();
  }

  private List<@Nullable String> quarantined(Dataset slice) {
    return sql.sql("select reason from archive.quarantine where sop_instance_uid = ?")
        .param(instance(slice).value().value())
        .query(String.class)
        .list();
  }

  private static SopInstanceUid instance(Dataset slice) {
    return SopInstanceUid.of(slice.string(Tag.SOPInstanceUID, ""));
  }

  private static DatasetSource source(byte[] bytes) {
    return DatasetSource.of(bytes);
  }
}
