package org.heliograph.dicom.pixel.codec;

import java.io.IOException;

/** Takes the rows of one frame from top to bottom. */
@FunctionalInterface
public interface RowSink {
  /**
   * One row of cells as a {@link SampleLayout} has them.
   *
   * @param cells filled anew for the next row
   */
  void row(byte[] cells) throws IOException;
}
