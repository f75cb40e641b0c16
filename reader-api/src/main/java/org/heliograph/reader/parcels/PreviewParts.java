package org.heliograph.reader.parcels;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.heliograph.node.link.BundleFormatException;
import org.heliograph.node.link.BundleReader;
import org.heliograph.node.link.BundleWriter;
import org.heliograph.reader.intake.UploadFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the previews of a parcel in the database: they are small, belong to a case only for a
 * while, and are in its backups with it.
 */
@Component
class PreviewParts {
  static final int LARGEST_PREVIEW = 256 * 1024;
  private static final String KEEP =
      """
      insert into reading.parcel_preview (parcel_id, object, jpeg) values (?, ?, ?)
      on conflict do nothing
      """;

  private final UploadFiles files;
  private final JdbcClient sql;

  PreviewParts(UploadFiles files, JdbcClient sql) {
    this.files = files;
    this.sql = sql;
  }

  /**
   * Keeps the previews that the manifest announced; returns how many. What is none is left out: it
   * is not what a report is made of.
   *
   * @throws IOException the disk failed
   */
  @Transactional(propagation = Propagation.MANDATORY, rollbackFor = Exception.class)
  public int keep(PartRow part) throws IOException {
    Set<String> announced =
        new HashSet<>(
            sql.sql("select object from reading.parcel_object where parcel_id = ? and has_preview")
                .param(part.parcel())
                .query((row, n) -> row.getString(1))
                .list());
    int kept = 0;
    try (InputStream content =
        PartContent.open(files, part, ManifestCheck.LARGEST_PREVIEWS + (1 << 20))) {
      var limits = new BundleReader.Limits(announced.size(), LARGEST_PREVIEW);
      var bundle = new BundleReader(content, BundleWriter.JPEG, limits);
      for (var next = bundle.next(); next != null; next = bundle.next()) {
        byte[] jpeg = next.body().readNBytes(LARGEST_PREVIEW);
        if (isJpeg(jpeg) && announced.remove(next.contentId())) {
          sql.sql(KEEP).params(part.parcel(), next.contentId(), jpeg).update();
          kept++;
        }
      }
    } catch (BundleFormatException e) {
      // The pictures themselves follow.
    }
    return kept;
  }

  private static boolean isJpeg(byte[] bytes) {
    return bytes.length > 4
        && (bytes[0] & 0xff) == 0xff
        && (bytes[1] & 0xff) == 0xd8
        && (bytes[2] & 0xff) == 0xff;
  }
}
