package org.heliograph.dicom.pixel.render;

import java.util.List;
import org.heliograph.dicom.pixel.DecodedFrame;

/** Rows of display values, made from a decoded frame when they are asked for. */
abstract class FrameRows implements PictureRows {

  final DecodedFrame frame;

  FrameRows(DecodedFrame frame) {
    this.frame = frame;
  }

  @Override
  public int columns() {
    return frame.columns();
  }

  @Override
  public int rows() {
    return frame.rows();
  }

  /** The same rows with overlays painted over them. */
  PictureRows with(List<OverlayBitmap> overlays) {
    FrameRows below = this;
    return new FrameRows(frame) {
      @Override
      public int bands() {
        return below.bands();
      }

      @Override
      public void row(int y, byte[] samples) {
        below.row(y, samples);
        for (OverlayBitmap overlay : overlays) {
          overlay.paint(y, samples, bands());
        }
      }
    };
  }

  /** Gray values, by a table where cells are narrow enough. */
  static final class Gray extends FrameRows {
    private final GrayscaleTransform transform;
    private final byte[] table;

    Gray(DecodedFrame frame, GrayscaleTransform transform) {
      super(frame);
      this.transform = transform;
      this.table = frame.description().bytesPerSample() <= 2 ? transform.table() : new byte[0];
    }

    @Override
    public int bands() {
      return 1;
    }

    @Override
    public void row(int y, byte[] samples) {
      int from = y * columns();
      for (int x = 0; x < samples.length; x++) {
        samples[x] =
            table.length > 0
                ? table[(int) frame.cell(from + x)]
                : transform.display(frame.number(from + x));
      }
    }
  }

  /** Cells looked up in tables of red, green and blue. */
  static final class Mapped extends FrameRows {
    private final byte[][] tables;

    Mapped(DecodedFrame frame, byte[][] tables) {
      super(frame);
      this.tables = tables;
    }

    @Override
    public int bands() {
      return 3;
    }

    @Override
    public void row(int y, byte[] samples) {
      int from = y * columns();
      for (int x = 0; x < columns(); x++) {
        int cell = (int) frame.cell(from + x);
        samples[3 * x] = tables[2][cell];
        samples[3 * x + 1] = tables[1][cell];
        samples[3 * x + 2] = tables[0][cell];
      }
    }
  }

  /** RGB, brought to 8 bits. */
  static final class Color extends FrameRows {
    private final int shift;

    Color(DecodedFrame frame) {
      super(frame);
      this.shift = frame.description().bitsStored() - 8;
    }

    @Override
    public int bands() {
      return 3;
    }

    @Override
    public void row(int y, byte[] samples) {
      int from = y * samples.length;
      for (int x = 0; x < samples.length; x += 3) {
        for (int channel = 0; channel < 3; channel++) {
          long value = frame.value(from + x + channel);
          samples[x + 2 - channel] = (byte) (shift >= 0 ? value >> shift : value << -shift);
        }
      }
    }
  }
}
