package org.heliograph.samples.xray;

import java.util.stream.IntStream;
import org.heliograph.samples.Noise;

/**
 * What the beam meets on its way to each detector point: millimetres of soft tissue and of bone.
 * Coordinates are millimetres; the origin is the middle of the upper edge, x grows to the right of
 * the picture and y downwards.
 */
final class Attenuation {
  final int width;
  final int height;
  final double millimetresPerCell;
  final float[] tissue;
  final float[] bone;

  Attenuation(double widthMillimetres, double heightMillimetres, double millimetresPerCell) {
    this.millimetresPerCell = millimetresPerCell;
    this.width = (int) Math.ceil(widthMillimetres / millimetresPerCell);
    this.height = (int) Math.ceil(heightMillimetres / millimetresPerCell);
    this.tissue = new float[width * height];
    this.bone = new float[width * height];
  }

  private Attenuation(Attenuation sameSize) {
    this.millimetresPerCell = sameSize.millimetresPerCell;
    this.width = sameSize.width;
    this.height = sameSize.height;
    this.tissue = new float[0];
    this.bone = new float[width * height];
  }

  /** Rounds the seams between soft parts that were put together piece by piece. */
  void softenTissue(double millimetres) {
    float[] soft = Blur.box(tissue, width, height, (int) (millimetres / millimetresPerCell));
    System.arraycopy(soft, 0, tissue, 0, tissue.length);
  }

  /** Gives bone its spongy grain: denser along the borders of small cells. */
  void grainBone(Noise noise, double cellMillimetres, double strength) {
    IntStream.range(0, height)
        .parallel()
        .forEach(row -> {
          for (int column = 0; column < width; column++) {
            int i = row * width + column;
            if (bone[i] > 0) {
              double u = x(column) / cellMillimetres;
              double v = y(row) / (cellMillimetres * 1.6);
              double wall = 0.35 - noise.cellBorder(u, v);
              bone[i] *= (float) (1 + strength * (wall + 0.6 * noise.fractal(u / 5, v / 5, 3)));
            }
          }
        });
  }

  /** Path length in millimetres at a point. */
  @FunctionalInterface
  interface Path {
    double at(double x, double y);
  }

  double x(int column) {
    return (column + 0.5 - width / 2.0) * millimetresPerCell;
  }

  double y(int row) {
    return (row + 0.5) * millimetresPerCell;
  }

  int column(double x) {
    return (int) Math.floor(x / millimetresPerCell + width / 2.0);
  }

  int row(double y) {
    return (int) Math.floor(y / millimetresPerCell);
  }

  /** Adds a path to a plane everywhere; a path may be negative (air inside the body). */
  void add(float[] plane, Path path) {
    IntStream.range(0, height)
        .parallel()
        .forEach(row -> {
          double y = y(row);
          for (int column = 0; column < width; column++) {
            int i = row * width + column;
            plane[i] = (float) Math.max(0, plane[i] + path.at(x(column), y));
          }
        });
  }

  /** Adds a bone with a dense cortex and a loose inside to the bone plane. */
  void addBone(Tube tube, Bone kind) {
    stamp(bone, tube, kind, Mode.SUM);
  }

  /** Adds the share of a bone that a mask (0 to 1) leaves: a fragment of a broken one. */
  void addFragment(Tube tube, Bone kind, Path mask) {
    Attenuation whole = new Attenuation(this);
    whole.addBone(tube, kind);
    add(bone, (x, y) -> whole.bone[row(y) * width + column(x)] * mask.at(x, y));
  }

  /** Adds a solid tube (vessel, muscle) to the tissue plane; radii scaled by the depth factor. */
  void addTissue(Tube tube, double depth) {
    stamp(tissue, tube, new Bone(1e9, 1, depth), Mode.SUM);
  }

  /** Raises the tissue plane to the tube's thickness where it is thinner: a union of soft parts. */
  void coverWithTissue(Tube tube, double depth) {
    stamp(tissue, tube, new Bone(1e9, 1, depth), Mode.MAXIMUM);
  }

  private enum Mode {
    SUM,
    MAXIMUM
  }

  private void stamp(float[] plane, Tube tube, Bone kind, Mode mode) {
    int left = Math.max(0, column(tube.minX()));
    int right = Math.min(width - 1, column(tube.maxX()));
    int top = Math.max(0, row(tube.minY()));
    int bottom = Math.min(height - 1, row(tube.maxY()));
    if (left > right || top > bottom) {
      return;
    }
    IntStream.rangeClosed(top, bottom)
        .parallel()
        .forEach(row -> {
          double y = y(row);
          for (int column = left; column <= right; column++) {
            float value = (float) tube.path(x(column), y, kind);
            if (value > 0) {
              int i = row * width + column;
              plane[i] = mode == Mode.SUM ? plane[i] + value : Math.max(plane[i], value);
            }
          }
        });
  }
}
