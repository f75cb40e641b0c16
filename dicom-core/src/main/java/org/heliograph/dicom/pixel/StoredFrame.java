package org.heliograph.dicom.pixel;

/**
 * A frame as its codec leaves it: whole-resolution samples, those of a pixel together.
 *
 * @param cells little endian, as wide as Bits Allocated says
 * @param image the description of these cells, which may differ in colour from the object's
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredFrame(byte[] cells, ImageDescription image) {

  static StoredFrame of(byte[] cells, ImageDescription image, PhotometricInterpretation colors) {
    return new StoredFrame(cells, image.with(colors, 0));
  }
}
