package org.heliograph.dicom.xml;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends in an exception when more bytes come than are allowed, whatever the parser keeps of them.
 */
final class BoundedInput extends FilterInputStream {
  private final long maxBytes;
  private long count;

  BoundedInput(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int bytes) throws DicomXmlException {
    count += bytes;
    if (count > maxBytes) {
      throw new DicomXmlException(
          DicomXmlException.Code.TOO_LARGE, "the document exceeds " + maxBytes + " bytes");
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
