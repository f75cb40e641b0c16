package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import org.heliograph.dicom.net.dimse.StatusMeaning.Service;
import org.heliograph.dicom.net.ul.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusMeaningTest {
  @ParameterizedTest
  @CsvSource({
    "STORAGE, A700, FAILURE, Refused: Out of Resources, LATER",
    "STORAGE, A7FF, FAILURE, Refused: Out of Resources, LATER",
    "STORAGE, B007, WARNING, Data Set does not match SOP Class, NEVER",
    "STORAGE, C123, FAILURE, Error: Cannot understand, NEVER",
    "STORAGE, 0122, FAILURE, Refused: SOP Class not supported, NEVER",
    "FIND, FE00, CANCEL, Matching terminated due to Cancel request, LATER",
    "MOVE, A801, FAILURE, Refused: Move Destination unknown, NEVER",
    "MOVE, B000, WARNING, Sub-operations Complete - One or more Failures, NEVER",
    "GET, FF00, PENDING, Sub-operations are continuing, NEVER",
    "ANY, 0000, SUCCESS, Success, NEVER",
    "ANY, 0107, WARNING, Attribute list error, NEVER",
    "ANY, 0116, WARNING, Attribute Value Out of Range, NEVER",
    "ANY, 0213, FAILURE, Resource limitation, LATER",
    "STORAGE_COMMITMENT, 0131, FAILURE, Duplicate transaction UID, NEVER",
    "PRINT, C601, FAILURE, 'Unable to create Print Job SOP Instance, print queue is full', NEVER",
  })
  void codes_have_the_names_and_categories_of_the_standard(
      Service service, String code, DimseStatus.Category category, String name, Retry retry) {
    var status = DimseStatus.of(Integer.parseInt(code, 16));
    var meaning = StatusMeaning.of(service, status.code()).orElseThrow();

    assertThat(meaning.name()).isEqualTo(name);
    assertThat(meaning.category()).isEqualTo(category);
    assertThat(status.category()).isEqualTo(category);
    assertThat(status.retry()).isEqualTo(retry);
    assertThat(status.hex()).isEqualTo(code);
  }

  @Test
  void no_two_meanings_of_a_service_overlap_and_ranges_are_of_one_category() {
    for (var one : StatusMeaning.all()) {
      assertThat(DimseStatus.of(one.last()).category()).isEqualTo(one.category());
      assertThat(StatusMeaning.all())
          .filteredOn(other ->
              other.service() == one.service()
                  && other.first() <= one.last()
                  && one.first() <= other.last())
          .containsExactly(one);
    }
  }

  @Test
  void an_unknown_code_has_no_meaning() {
    assertThat(StatusMeaning.of(Service.MOVE, 0x0999)).isEmpty();
  }
}
