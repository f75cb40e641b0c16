package org.heliograph.reader.dicomweb;

import static org.assertj.core.api.Assertions.assertThat;

import org.heliograph.archive.ingest.IngestResult;
import org.heliograph.archive.ingest.InstanceRef;
import org.heliograph.archive.ingest.PartTenResult;
import org.heliograph.archive.ingest.QuarantineReason;
import org.heliograph.archive.ingest.RefusalReason;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SeriesInstanceUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;

class StoreAnswerTest {
  private static final IngestResult STORED =
      new IngestResult.Stored(
          new InstanceRef(
              1,
              1,
              StudyInstanceUid.of("1.2.3"),
              SeriesInstanceUid.of("1.2.4"),
              SopInstanceUid.of("1.2.5")));
  private static final IngestResult APART =
      new IngestResult.Quarantined(1, QuarantineReason.STUDY_OF_OTHER_SITE);

  private static IngestResult refused(RefusalReason reason) {
    return new IngestResult.Refused(reason);
  }

  private static StoreAnswer answer(IngestResult... results) {
    var answer = new StoreAnswer(new Addresses(new MockHttpServletRequest()));
    for (IngestResult result : results) {
      answer.add(new PartTenResult(result, Uids.CtImageStorage, "1.2.5"));
    }
    return answer;
  }

  @Test
  void the_status_says_how_much_is_stored_and_whether_to_come_again() {
    IngestResult away = refused(RefusalReason.STORE_UNAVAILABLE);
    IngestResult broken = refused(RefusalReason.UNREADABLE);

    assertThat(answer(STORED, STORED).status()).isEqualTo(HttpStatus.OK);
    assertThat(answer(STORED, away).status()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer(STORED, broken).status()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer(APART).status()).isEqualTo(HttpStatus.ACCEPTED);
    assertThat(answer(broken).status()).isEqualTo(HttpStatus.CONFLICT);
    assertThat(answer(away).status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(answer(refused(RefusalReason.QUOTA_REACHED)).status())
        .isEqualTo(HttpStatus.INSUFFICIENT_STORAGE);
    assertThat(answer(broken, refused(RefusalReason.OUT_OF_SPACE)).status())
        .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
  }

  @Test
  void every_refusal_has_a_reason_of_the_standard() {
    for (RefusalReason reason : RefusalReason.values()) {
      Dataset failed =
          answer(refused(reason)).dataset(null).items(Tag.FailedSOPSequence).getFirst();

      assertThat(failed.string(Tag.ReferencedSOPInstanceUID, "")).isEqualTo("1.2.5");
      int code = failed.integer(Tag.FailureReason, 0);
      boolean known = code >> 8 == 0xA7 || code >> 8 == 0xA9 || code >> 12 == 0xC;
      assertThat(
              known
                  || code == StoreAnswer.CLASS_NOT_SUPPORTED
                  || code == StoreAnswer.NOT_AUTHORIZED)
          .as("%s %x", reason, code)
          .isTrue();
    }
  }

  @Test
  void what_has_no_uid_is_among_the_other_failures() {
    var answer = new StoreAnswer(new Addresses(new MockHttpServletRequest()));
    answer.add(new PartTenResult(refused(RefusalReason.UNREADABLE), "not a UID", "x\u0001"));
    answer.addUnreadable();

    assertThat(answer.dataset(null).items(Tag.OtherFailuresSequence)).hasSize(2);
    assertThat(answer.dataset(null).contains(Tag.FailedSOPSequence)).isFalse();
  }
}
