package org.heliograph.dicom.net.dimse;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** So many bytes of a stream, which must have them. */
final class BoundedInputStream extends FilterInputStream {
  private long left;

  BoundedInputStream(InputStream in, long length) {
    super(in);
    left = length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    var count = super.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the source ends " + left + " bytes too soon");
    }
    left -= count;
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
