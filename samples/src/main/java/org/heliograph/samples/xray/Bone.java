package org.heliograph.samples.xray;

/**
 * How a tubular bone is built.
 *
 * @param cortexMillimetres thickness of the dense wall in the middle of the shaft
 * @param inside share of bone in the spongy inside, 0 to 1
 * @param depth thickness along the beam relative to the width across it
 */
record Bone(double cortexMillimetres, double inside, double depth) {
  /** Long bones have a thick wall in the middle and a spongy end; short ones are even. */
  boolean isLong() {
    return cortexMillimetres > 1.2;
  }

  static final Bone SHAFT = new Bone(2.6, 0.16, 1);
  static final Bone SMALL = new Bone(1.3, 0.28, 0.95);
  static final Bone CARPAL = new Bone(0.7, 0.42, 0.9);
  static final Bone RIB = new Bone(1.25, 0.24, 0.95);
}
