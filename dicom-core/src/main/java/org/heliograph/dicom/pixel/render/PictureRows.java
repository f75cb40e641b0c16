package org.heliograph.dicom.pixel.render;

/** A picture that is made row by row, so that a small one of it needs no large one first. */
interface PictureRows {

  int columns();

  int rows();

  /** 1 gray, or 3 in the order blue, green, red. */
  int bands();

  /** Fills a whole row of samples. */
  void row(int y, byte[] samples);

  /** A rectangle of it. */
  static PictureRows part(PictureRows whole, DisplayedArea area) {
    if (area.columns() == whole.columns() && area.rows() == whole.rows()) {
      return whole;
    }
    byte[] wide = new byte[whole.columns() * whole.bands()];
    return new PictureRows() {
      @Override
      public int columns() {
        return area.columns();
      }

      @Override
      public int rows() {
        return area.rows();
      }

      @Override
      public int bands() {
        return whole.bands();
      }

      @Override
      public void row(int y, byte[] samples) {
        whole.row(area.top() + y, wide);
        System.arraycopy(wide, area.left() * bands(), samples, 0, samples.length);
      }
    };
  }
}
