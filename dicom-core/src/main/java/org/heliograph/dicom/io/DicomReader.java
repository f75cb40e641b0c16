package org.heliograph.dicom.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.DicomFormatException.Code;

/**
 * Reads Part 10 files and bare data sets (PS3.10 Section 7, PS3.5 Section 7 and Annex A) from a
 * stream, once and to its end, in bounded memory: long values and pixel data stay where they are
 * and are known by their offsets. Bytes that cannot be read give a {@link DicomFormatException};
 * other {@link IOException}s are the stream's own. The stream is not closed.
 */
public final class DicomReader {
  private static final int PREFIX = 0x4449434D; // DICM

  private DicomReader() {}

  /**
   * Reads a file with or without preamble and file meta information; long values that stay in it
   * are not even read, but for those of a deflated data set.
   */
  public static ParsedObject readPart10(Path file, ReadOptions options) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return readPart10(in, options);
    }
  }

  /** Reads a stream with or without preamble and file meta information. */
  public static ParsedObject readPart10(InputStream in, ReadOptions options) throws IOException {
    DicomInput input = new DicomInput(in);
    Warnings warnings = new Warnings();
    if (input.ensure(132) && input.peekInt(128, true) == PREFIX) {
      input.consume(132);
    } else {
      warnings.add(ReadWarning.Code.NO_PREAMBLE, 0, 0);
      if (input.ensure(4) && input.peekInt(0, true) == PREFIX) {
        input.consume(4);
      }
    }
    Dataset meta = readFileMeta(input, options, warnings);
    Optional<String> uid = meta.string(Tag.TransferSyntaxUID);
    TransferSyntax syntax = uid.map(TransferSyntax::of).orElse(null);
    if (syntax == null) {
      warnings.add(ReadWarning.Code.NO_FILE_META, 0, input.position());
      syntax = guess(input, meta.isEmpty());
    }
    return read(input, meta, syntax, options, warnings);
  }

  /** Reads a data set without file meta information, such as a C-STORE carries. */
  public static ParsedObject readDataset(InputStream in, TransferSyntax syntax, ReadOptions options)
      throws IOException {
    return read(new DicomInput(in), Dataset.empty(), syntax, options, new Warnings());
  }

  private static Dataset readFileMeta(DicomInput input, ReadOptions options, Warnings warnings)
      throws IOException {
    if (!input.ensure(8) || input.peekShort(0, false) != 2) {
      return Dataset.empty();
    }
    boolean explicit = Vr.of(input.peek(4), input.peek(5)) != null;
    if (!explicit) {
      warnings.add(ReadWarning.Code.META_IN_IMPLICIT_VR, input.peekTag(0, false), input.position());
    }
    return new DatasetParser(input, options, warnings, explicit, false).parseFileMeta();
  }

  private static ParsedObject read(
      DicomInput input, Dataset meta, TransferSyntax syntax, ReadOptions options, Warnings warnings)
      throws IOException {
    if (syntax.deflated()) {
      boolean zlib = isZlib(input);
      if (zlib) {
        warnings.add(ReadWarning.Code.ZLIB_HEADER, 0, input.position());
      }
      try (BoundedInflater inflater =
          new BoundedInflater(input.remaining(), options.maxInflateRatio(), zlib)) {
        DatasetParser parser =
            new DatasetParser(new DicomInput(inflater), options, warnings, true, false);
        Dataset dataset = parser.parseToEnd();
        if (!parser.isStopped()) {
          input.drain();
        }
        return new ParsedObject(meta, syntax, dataset, warnings.list());
      }
    }
    TransferSyntax actual = actual(input, syntax, warnings);
    DatasetParser parser =
        new DatasetParser(input, options, warnings, actual.explicitVr(), actual.bigEndian());
    return new ParsedObject(meta, actual, parser.parseToEnd(), warnings.list());
  }

  /** 78 begins a stored block with bits set that no deflater sets, so it can only be zlib's. */
  private static boolean isZlib(DicomInput input) throws IOException {
    return input.ensure(2) && input.peek(0) == 0x78 && input.peekShort(0, true) % 31 == 0;
  }

  /** The syntax that the first element shows, where it contradicts the declared one. */
  private static TransferSyntax actual(DicomInput input, TransferSyntax declared, Warnings warnings)
      throws IOException {
    if (!input.ensure(8)) {
      return declared;
    }
    boolean bigEndian = isBigEndian(input);
    boolean explicit = isExplicit(input, bigEndian);
    // A length that spells a VR is longer than the values that data sets start with.
    boolean spelt = Vr.of(input.peek(4), input.peek(5)) != null;
    boolean implicit = !spelt && isPlausibleImplicit(input);
    String uid = declared.uid();
    if (declared.explicitVr() && implicit && !bigEndian) {
      uid = Uids.ImplicitVrLittleEndian;
    } else if (!declared.explicitVr() && explicit) {
      uid = bigEndian ? Uids.ExplicitVrBigEndian : Uids.ExplicitVrLittleEndian;
    } else if (explicit && bigEndian != declared.bigEndian()) {
      uid = bigEndian ? Uids.ExplicitVrBigEndian : Uids.ExplicitVrLittleEndian;
    }
    if (uid.equals(declared.uid())) {
      return declared;
    }
    warnings.add(ReadWarning.Code.SYNTAX_NOT_AS_DECLARED, 0, input.position());
    return TransferSyntax.of(uid);
  }

  private static TransferSyntax guess(DicomInput input, boolean nothingYet) throws IOException {
    if (!input.ensure(8)) {
      throw new DicomFormatException(Code.NOT_DICOM, input.position(), "too short for an element");
    }
    boolean bigEndian = isBigEndian(input);
    if (isExplicit(input, bigEndian)) {
      return TransferSyntax.of(bigEndian ? Uids.ExplicitVrBigEndian : Uids.ExplicitVrLittleEndian);
    }
    if (bigEndian || (nothingYet && !isPlausibleImplicit(input))) {
      throw new DicomFormatException(
          Code.NOT_DICOM, input.position(), "neither a preamble nor a data set");
    }
    return TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
  }

  /** Data sets start with a low group: the byte order in which it is lower is the right one. */
  private static boolean isBigEndian(DicomInput input) {
    return input.peekShort(0, true) < input.peekShort(0, false) && input.peekShort(0, true) >= 8;
  }

  private static boolean isExplicit(DicomInput input, boolean bigEndian) {
    Vr vr = Vr.of(input.peek(4), input.peek(5));
    int tag = input.peekTag(0, bigEndian);
    return vr != null && (vr == Vr.UN || vr == Dictionary.vrOf(tag) || Tags.isPrivate(tag));
  }

  private static boolean isPlausibleImplicit(DicomInput input) {
    int tag = input.peekTag(0, false);
    boolean known = Tags.isGroupLength(tag) || Dictionary.lookup(tag).isPresent();
    int length = input.peekInt(4, false);
    boolean sequence = Dictionary.vrOf(tag) == Vr.SQ;
    return known && Tags.group(tag) <= 0x0040 && (sequence || (length >= 0 && length < 0x10000));
  }
}
