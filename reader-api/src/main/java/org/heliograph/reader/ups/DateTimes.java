package org.heliograph.reader.ups;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.TemporalPrecision;

/** Moments as values of VR DT: in UTC and saying so, to the second. */
final class DateTimes {
  private DateTimes() {}

  static String text(Instant moment) {
    var utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return new DicomDateTime(utc, TemporalPrecision.SECOND, ZoneOffset.UTC).text();
  }
}
