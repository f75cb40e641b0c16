package org.heliograph.dicom.pixel.codec;

import java.io.IOException;
import java.time.Duration;
import javax.imageio.stream.ImageInputStreamImpl;

/** A frame in memory for ImageIO, which gives up once the time allowed for decoding is over. */
public final class FrameInput extends ImageInputStreamImpl {

  private final byte[] bytes;
  private final int from;
  private final int length;
  private final long deadlineNanos;

  /** The time allowed begins to run here. */
  public FrameInput(byte[] bytes, int from, int length, Duration maxTime) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.deadlineNanos = System.nanoTime() + maxTime.toNanos();
  }

  @Override
  public int read() throws IOException {
    check();
    bitOffset = 0;
    return streamPos >= length ? -1 : bytes[from + (int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    check();
    bitOffset = 0;
    if (streamPos >= length) {
      return -1;
    }
    int available = (int) Math.min(count, length - streamPos);
    System.arraycopy(bytes, from + (int) streamPos, into, offset, available);
    streamPos += available;
    return available;
  }

  @Override
  public long length() {
    return length;
  }

  private void check() throws IOException {
    checkClosed();
    if (System.nanoTime() - deadlineNanos > 0) {
      throw CodecException.damaged("frame takes longer to decode than allowed");
    }
  }
}
