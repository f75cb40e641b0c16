package org.heliograph.dicom.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.heliograph.dicom.io.DicomFormatException.Code;

/** Raw deflate (PS3.5 A.5) with a bound on how much larger the data set may be than its stream. */
final class BoundedInflater extends InputStream {
  private static final long FREE_BYTES = 64L * 1024 * 1024;

  private final Inflater inflater;
  private final InflaterInputStream in;
  private final int maxRatio;

  /** Inflates raw deflate, or what has the header of zlib (RFC 1950) before it. */
  BoundedInflater(InputStream deflated, int maxRatio, boolean zlib) {
    this.inflater = new Inflater(!zlib);
    this.in = new InflaterInputStream(deflated, inflater, 16 * 1024);
    this.maxRatio = maxRatio;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (ZipException e) {
      throw new DicomFormatException(
          Code.BAD_DEFLATE, inflater.getBytesWritten(), "not a deflate stream");
    } catch (EOFException e) {
      throw new DicomFormatException(
          Code.TRUNCATED, inflater.getBytesWritten(), "the deflate stream ends too soon");
    }
    long written = inflater.getBytesWritten();
    if (written > FREE_BYTES && written / maxRatio > inflater.getBytesRead()) {
      throw new DicomFormatException(
          Code.TOO_LARGE, written, "inflates to more than " + maxRatio + " times its size");
    }
    return count;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
