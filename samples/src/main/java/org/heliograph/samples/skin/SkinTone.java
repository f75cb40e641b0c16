package org.heliograph.samples.skin;

/** Skin phototypes after Fitzpatrick, with a base colour in linear light. */
public enum SkinTone {
  I(0.72, 0.50, 0.42),
  II(0.62, 0.41, 0.32),
  III(0.50, 0.31, 0.22),
  IV(0.37, 0.20, 0.118),
  V(0.215, 0.102, 0.052),
  VI(0.098, 0.045, 0.025);

  final double red;
  final double green;
  final double blue;

  SkinTone(double red, double green, double blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** 0 for the darkest to 1 for the fairest: how strongly redness shows. */
  double fairness() {
    return red / I.red;
  }
}
