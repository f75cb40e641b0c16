package org.heliograph.dicom.pixel.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.pixel.DamagedPixelDataException;
import org.heliograph.dicom.pixel.DecodedFrame;

/**
 * A Grayscale or Color Softcopy Presentation State: how somebody wants images to be shown (PS3.3
 * A.33, PS3.4 Annex N).
 *
 * <p>Modality, Softcopy VOI and Presentation LUT, activated overlays, displayed area, rotation and
 * flip are applied. Graphic annotations, shutters, masks and the palette of pseudo-colour states
 * are not: who shows the picture for reading has to know that.
 */
public final class PresentationState {

  private final Dataset state;
  private final BulkSource bulk;

  private PresentationState(Dataset state, BulkSource bulk) {
    this.state = state;
    this.bulk = bulk;
  }

  /**
   * @param bulk gives look-up tables and overlays that were left in the state's source
   */
  public static PresentationState of(Dataset state, BulkSource bulk) {
    return new PresentationState(state, bulk);
  }

  /**
   * Whether the state refers to a frame of an image.
   *
   * @param frame counted from 0
   */
  public boolean appliesTo(String sopInstanceUid, int frame) {
    return state.items(Tag.ReferencedSeriesSequence).stream()
        .anyMatch(series -> refers(series, sopInstanceUid, frame));
  }

  /**
   * How the state shows a frame. It replaces all gray transformations of the image, its Photometric
   * Interpretation included (PS3.4 N.2.1.4).
   *
   * @param frame counted from 0
   * @param decoded the frame itself, for overlays in its unused bits
   * @param imageBulk gives what was left in the image's source
   * @throws DamagedPixelDataException tables or overlays contradict their description
   */
  public Presentation present(Dataset image, int frame, DecodedFrame decoded, BulkSource imageBulk)
      throws IOException {
    String instance = image.string(Tag.SOPInstanceUID, "");
    Presentation.Builder builder = Presentation.of(image, frame, imageBulk).toBuilder();
    if (decoded.description().photometricInterpretation().isMonochrome()) {
      gray(builder, instance, frame, decoded.description().signed());
    }
    builder.overlays(overlays(image, frame, decoded, imageBulk));
    Optional<Dataset> area = part(Tag.DisplayedAreaSelectionSequence, instance, frame);
    builder.area(area(area.orElse(Dataset.empty()), decoded));
    area.ifPresent(item -> aspect(builder, item));
    return builder.build();
  }

  private void gray(Presentation.Builder builder, String instance, int frame, boolean signed)
      throws IOException {
    builder.withoutGray();
    Optional<Dataset> modality = state.item(Tag.ModalityLUTSequence);
    double intercept = state.decimal(Tag.RescaleIntercept).orElse(0);
    double slope = state.decimal(Tag.RescaleSlope).orElse(1);
    if (modality.isPresent()) {
      builder.modalityLut(PresentationReader.lut(modality.get(), signed, bulk));
    } else if (Double.isFinite(slope) && slope != 0 && Double.isFinite(intercept)) {
      builder.rescale(slope, intercept);
    }
    Optional<Dataset> voi = part(Tag.SoftcopyVOILUTSequence, instance, frame);
    if (voi.isPresent()) {
      builder.windows(PresentationReader.windows(voi.get(), false));
      Optional<Dataset> table = voi.get().item(Tag.VOILUTSequence);
      if (table.isPresent()) {
        boolean signedInput = modality.isEmpty() && (signed || intercept < 0);
        builder.voiLut(PresentationReader.lut(table.get(), signedInput, bulk));
      }
    }
    PresentationReader.presentationLut(builder, state, bulk);
  }

  /** Its own planes and the image's, if a layer activates them (PS3.3 C.11.7). */
  private List<OverlayBitmap> overlays(
      Dataset image, int frame, DecodedFrame decoded, BulkSource imageBulk) throws IOException {
    List<OverlayBitmap> bitmaps = new ArrayList<>();
    List<OverlayPlane> own = OverlayPlane.of(state);
    for (OverlayPlane plane : own) {
      if (isActive(plane.group())) {
        plane.bitmap(frame, bulk).ifPresent(bitmaps::add);
      }
    }
    for (OverlayPlane plane : OverlayPlane.of(image)) {
      boolean replaced = own.stream().anyMatch(p -> p.group() == plane.group());
      if (!replaced && isActive(plane.group())) {
        plane.bitmap(frame, decoded, imageBulk).ifPresent(bitmaps::add);
      }
    }
    return bitmaps;
  }

  private boolean isActive(int group) {
    return state
            .string(Tag.OverlayActivationLayer + ((group - 0x6000) << 16))
            .filter(layer -> !layer.isEmpty())
            .isPresent()
        && state.integer(Tag.ShutterOverlayGroup, 0) != group;
  }

  private DisplayedArea area(Dataset item, DecodedFrame frame) {
    int turns = Math.floorMod(state.integer(Tag.ImageRotation, 0), 360) / 90;
    boolean flipped = state.string(Tag.ImageHorizontalFlip, "N").equals("Y");
    int[] first = item.integers(Tag.DisplayedAreaTopLeftHandCorner);
    int[] last = item.integers(Tag.DisplayedAreaBottomRightHandCorner);
    if (first.length < 2 || last.length < 2) {
      return new DisplayedArea(0, 0, frame.columns(), frame.rows(), turns, flipped);
    }
    // Corners are named after their place when shown, so turning may swap them (C.10.4).
    int left = Math.clamp(Math.min(first[0], last[0]) - 1L, -0x10000, 0x10000);
    int top = Math.clamp(Math.min(first[1], last[1]) - 1L, -0x10000, 0x10000);
    int right = Math.clamp(Math.max(first[0], last[0]), -0x10000, 0x10000);
    int bottom = Math.clamp(Math.max(first[1], last[1]), -0x10000, 0x10000);
    return new DisplayedArea(
        left, top, Math.max(0, right - left), Math.max(0, bottom - top), turns, flipped);
  }

  private static void aspect(Presentation.Builder builder, Dataset item) {
    double[] spacing = item.decimals(Tag.PresentationPixelSpacing);
    double[] pair = spacing.length == 2 ? spacing : item.decimals(Tag.PresentationPixelAspectRatio);
    double aspect = pair.length == 2 ? pair[0] / pair[1] : Double.NaN;
    if (aspect >= 0.05 && aspect <= 20) {
      builder.pixelAspect(aspect);
    }
  }

  /** The item of a sequence that is for this frame: one naming it, or one naming no image. */
  private Optional<Dataset> part(int sequence, String instance, int frame) {
    return state.items(sequence).stream()
        .filter(item ->
            item.items(Tag.ReferencedImageSequence).isEmpty() || refers(item, instance, frame))
        .findFirst();
  }

  private static boolean refers(Dataset item, String instance, int frame) {
    for (Dataset image : item.items(Tag.ReferencedImageSequence)) {
      int[] frames = image.integers(Tag.ReferencedFrameNumber);
      if (image.string(Tag.ReferencedSOPInstanceUID, "").equals(instance)
          && (frames.length == 0 || Arrays.stream(frames).anyMatch(f -> f == frame + 1))) {
        return true;
      }
    }
    return false;
  }
}
