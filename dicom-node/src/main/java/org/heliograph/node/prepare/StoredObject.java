package org.heliograph.node.prepare;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomFormatException;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.PartTenHead;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.io.ReadWarning;
import org.heliograph.dicom.pixel.DecodeLimits;
import org.heliograph.dicom.pixel.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * An object of the spool that was parsed, with a source for what was left in its file. A deflated
 * data set is inflated into a file for as long as this is open.
 */
final class StoredObject implements Closeable {
  /** A small gateway has 96 MB in all. */
  private static final long MAX_HEADER_BYTES = 24L << 20;

  private static final long MAX_INFLATED_BYTES = 2L << 30;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** A frame that is whole in memory may take so much of the heap. */
  private static final int PART_OF_HEAP = 4;

  private final ParsedObject object;
  private final BulkSource source;
  private final @Nullable Path inflated;

  private StoredObject(ParsedObject object, BulkSource source, @Nullable Path inflated) {
    this.object = object;
    this.source = source;
    this.inflated = inflated;
  }

  /**
   * @param folder for the inflated data set
   * @throws DicomFormatException it cannot be read, or is beyond the limits
   */
  static StoredObject open(Path file, Path folder) throws IOException {
    ReadOptions options =
        ReadOptions.defaults().withPixelDataInSource().withMaxTotalInMemoryBytes(MAX_HEADER_BYTES);
    ParsedObject object = DicomReader.readPart10(file, options);
    if (!object.transferSyntax().deflated()) {
      return new StoredObject(object, BulkSource.of(file), null);
    }
    boolean zlib =
        object.warnings().stream().anyMatch(w -> w.code() == ReadWarning.Code.ZLIB_HEADER);
    Path inflated = Files.createTempFile(folder, "inflated", ".tmp");
    try {
      inflate(file, !zlib, inflated);
      return new StoredObject(object, BulkSource.of(inflated), inflated);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(inflated);
      throw e;
    }
  }

  /** Offsets count in the inflated data set. */
  private static void inflate(Path file, boolean raw, Path target) throws IOException {
    Inflater inflater = new Inflater(raw);
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES)) {
      var plain = new InflaterInputStream(PartTenHead.read(in).dataset(), inflater, BUFFER_BYTES);
      byte[] buffer = new byte[BUFFER_BYTES];
      long length = 0;
      for (int n = plain.read(buffer); n >= 0; n = plain.read(buffer)) {
        length += n;
        if (length > MAX_INFLATED_BYTES) {
          throw new DicomFormatException(
              DicomFormatException.Code.TOO_LARGE, length, "inflated data set");
        }
        out.write(buffer, 0, n);
      }
    } catch (ZipException e) {
      throw new DicomFormatException(DicomFormatException.Code.BAD_DEFLATE, 0, "not deflated");
    } finally {
      inflater.end();
    }
  }

  ParsedObject object() {
    return object;
  }

  BulkSource source() {
    return source;
  }

  FrameReader frames() throws IOException {
    return FrameReader.of(object, source, limits());
  }

  /** Bounds that this heap can bear: a frame, its stream and a little more. */
  static DecodeLimits limits() {
    DecodeLimits usual = DecodeLimits.defaults();
    long most = Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    return new DecodeLimits(
        usual.maxPixels(), Math.min(usual.maxFrameBytes(), most), usual.maxTime());
  }

  @Override
  public void close() throws IOException {
    if (inflated != null) {
      Files.deleteIfExists(inflated);
    }
  }
}
