package org.heliograph.samples.benchmark.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.samples.people.SyntheticPatient;
import org.heliograph.samples.skin.Lesion;
import org.heliograph.samples.skin.SkinPhoto;
import org.heliograph.samples.skin.SkinTone;
import org.heliograph.samples.study.CtStudy;
import org.heliograph.samples.study.XrayStudy;
import org.heliograph.samples.xray.Chest;

/** A few pictures of a kind, made when they are first asked for, that many files share. */
final class Pictures {
  private static final LocalDateTime TAKEN = LocalDateTime.of(2026, 11, 20, 9, 30);
  private static final int CT_SLICES = 40;
  private static final int DX_IMAGES = 6;
  private static final int PHOTOS = 4;

  private final ImageFiles.Kind kind;
  private final CtStudy ct = new CtStudy(SyntheticPatient.OLENA, "BENCH-CT", TAKEN, CT_SLICES);
  private final XrayStudy dx =
      new XrayStudy(SyntheticPatient.AMINA, XrayStudy.Projection.CHEST_PA, "BENCH-DX", TAKEN);
  private final List<Dataset> made = new ArrayList<>();

  Pictures(ImageFiles.Kind kind) {
    this.kind = kind;
  }

  TransferSyntax transferSyntax() {
    return kind == ImageFiles.Kind.PHOTO
        ? TransferSyntax.of("1.2.840.10008.1.2.4.50")
        : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  }

  Dataset get(int number) throws IOException {
    int different =
        switch (kind) {
          case CT -> CT_SLICES;
          case DX -> DX_IMAGES;
          case PHOTO -> PHOTOS;
        };
    while (made.size() <= number % different) {
      made.add(make(1 + made.size()));
    }
    return made.get(number % different);
  }

  private Dataset make(int number) throws IOException {
    return switch (kind) {
      case CT -> ct.slice(number);
      case DX -> dx.image(number, new Chest(number, Chest.Finding.NONE).radiograph());
      case PHOTO -> photo(number);
    };
  }

  private Dataset photo(int number) throws IOException {
    SkinTone[] tones = SkinTone.values();
    Lesion[] lesions = Lesion.values();
    var image =
        new SkinPhoto(
                tones[number % tones.length],
                lesions[number % lesions.length],
                SkinPhoto.View.CLOSE_UP,
                number)
            .image();
    var jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    return Dataset.builder()
        .string(Tag.SpecificCharacterSet, "ISO_IR 192")
        .personName(Tag.PatientName, SyntheticPatient.AMINA.dicomName())
        .string(Tag.SOPClassUID, Uids.VlPhotographicImageStorage)
        .string(Tag.StudyDate, "20261120")
        .string(Tag.StudyTime, "093000")
        .string(Tag.Modality, "XC")
        .integer(Tag.SamplesPerPixel, 3)
        .string(Tag.PhotometricInterpretation, "YBR_FULL_422")
        .integer(Tag.PlanarConfiguration, 0)
        .integer(Tag.Rows, image.getHeight())
        .integer(Tag.Columns, image.getWidth())
        .integer(Tag.BitsAllocated, 8)
        .integer(Tag.BitsStored, 8)
        .integer(Tag.HighBit, 7)
        .integer(Tag.PixelRepresentation, 0)
        .encapsulated(List.of(jpeg.toByteArray()))
        .build();
  }
}
