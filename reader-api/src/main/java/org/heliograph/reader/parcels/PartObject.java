package org.heliograph.reader.parcels;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An object that a part carries, as the manifest announced it. Prints nothing of it.
 *
 * @param mediaType of a document; empty for a DICOM instance
 */
record PartObject(
    String object,
    String study,
    String series,
    String instance,
    String callingAe,
    long sizeBytes,
    String digest,
    String receivedDigest,
    String mediaType,
    String view,
    String title,
    int number) {
  @Override
  public String toString() {
    return "PartObject[" + number + "]";
  }

  /** The rows of {@code reading.parcel_object}. */
  @Component
  static class Rows {
    private final JdbcClient sql;

    Rows(JdbcClient sql) {
      this.sql = sql;
    }

    /** The objects of a part, in the manifest's order. */
    List<PartObject> of(PartRow part) {
      return sql.sql(
              """
              select object, study_instance_uid, series_instance_uid, sop_instance_uid, calling_ae,
                     size_bytes, digest, received_digest, media_type, view, title, instance_number
              from reading.parcel_object where parcel_id = ? and part_number = ? order by position
              """)
          .params(part.parcel(), part.number())
          .query(Rows::row)
          .list();
    }

    private static PartObject row(ResultSet row, int number) throws SQLException {
      return new PartObject(
          row.getString("object"),
          row.getString("study_instance_uid"),
          row.getString("series_instance_uid"),
          row.getString("sop_instance_uid"),
          row.getString("calling_ae"),
          row.getLong("size_bytes"),
          HexFormat.of().formatHex(row.getBytes("digest")),
          HexFormat.of().formatHex(row.getBytes("received_digest")),
          row.getString("media_type"),
          row.getString("view"),
          row.getString("title"),
          row.getInt("instance_number"));
    }
  }
}
