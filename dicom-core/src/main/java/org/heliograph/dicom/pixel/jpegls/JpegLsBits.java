package org.heliograph.dicom.pixel.jpegls;

import org.heliograph.dicom.pixel.codec.CodecException;

/** Bits of a JPEG-LS scan: after a byte FF the next one holds seven bits (T.87 A.1). */
final class JpegLsBits {

  private final byte[] bytes;
  private int at;
  private int current;
  private int left;
  private boolean afterFf;

  JpegLsBits(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  int bit() throws CodecException {
    if (left == 0) {
      next();
    }
    left--;
    return current >> left & 1;
  }

  int bits(int count) throws CodecException {
    int value = 0;
    int wanted = count;
    while (wanted > 0) {
      if (left == 0) {
        next();
      }
      int take = Math.min(wanted, left);
      left -= take;
      value = value << take | (current >> left & ((1 << take) - 1));
      wanted -= take;
    }
    return value;
  }

  /** The limited-length Golomb code of A.5.3. */
  int golomb(int k, int limit, int qbpp) throws CodecException {
    int escape = limit - qbpp - 1;
    int zeros = 0;
    while (bit() == 0) {
      if (++zeros > escape) {
        throw CodecException.damaged("JPEG-LS code is longer than its limit");
      }
    }
    return zeros < escape ? zeros << k | bits(k) : bits(qbpp) + 1;
  }

  /** Where the marker after the scan begins. */
  int end() {
    // A last byte FF is followed by a stuffed byte that holds no code any more.
    return afterFf && at < bytes.length && (bytes[at] & 0x80) == 0 ? at + 1 : at;
  }

  private void next() throws CodecException {
    if (at >= bytes.length || (afterFf && (bytes[at] & 0x80) != 0)) {
      throw CodecException.damaged("JPEG-LS scan ends before its last pixel");
    }
    current = bytes[at++] & 0xFF;
    left = afterFf ? 7 : 8;
    afterFf = current == 0xFF;
  }
}
