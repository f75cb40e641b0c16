package org.heliograph.dicom.pixel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;

/** The open samples beside the repository. */
public final class RealData {

  private static final Pattern FILE =
      Pattern.compile("\"file\": \"([^\"]+)\"(.*?)\"pixels\": \\{([^}]*)}", Pattern.DOTALL);
  private static final Pattern HASH = Pattern.compile("\"sha256\": \"([0-9a-f]{64})\"");

  private RealData() {}

  /** A file read whole, with its bytes as the source of what was left there. */
  public record Sample(ParsedObject object, BulkSource source) {
    public TransferSyntax transferSyntax() {
      return object.transferSyntax();
    }
  }

  public static Path folder() {
    Path folder = Path.of("").toAbsolutePath().resolve("../../shared/data").normalize();
    assumeTrue(Files.isDirectory(folder), "skipped: no ../shared/data beside the repository");
    return folder;
  }

  /** Relative file name → SHA-256 of the decoded pixels, for files that have some. */
  public static Map<String, String> pixelHashes() throws IOException {
    Map<String, String> hashes = new LinkedHashMap<>();
    String json = Files.readString(folder().resolve("EXPECTED.json"));
    for (String entry : json.split("(?=\\{\\s*\"file\": )", -1)) {
      Matcher file = FILE.matcher(entry);
      if (file.find()) {
        Matcher hash = HASH.matcher(file.group(3));
        if (hash.find()) {
          hashes.put(file.group(1), hash.group(1));
        }
      }
    }
    return hashes;
  }

  public static Sample read(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(folder().resolve(file));
    ParsedObject object =
        DicomReader.readPart10(new ByteArrayInputStream(bytes), ReadOptions.defaults());
    byte[] counted = object.transferSyntax().deflated() ? inflated(bytes) : bytes;
    return new Sample(
        object, (offset, length) -> new ByteArrayInputStream(counted, (int) offset, (int) length));
  }

  /** Offsets of a deflated object count in the inflated data set, behind the file meta. */
  private static byte[] inflated(byte[] file) throws Exception {
    int start = 132;
    while (file[start] == 2 && file[start + 1] == 0) {
      boolean longForm =
          file[start + 4] == 'O' || (file[start + 4] == 'U' && file[start + 5] == 'N');
      int length =
          longForm
              ? (file[start + 8] & 0xFF) | (file[start + 9] & 0xFF) << 8
              : (file[start + 6] & 0xFF) | (file[start + 7] & 0xFF) << 8;
      start += (longForm ? 12 : 8) + length;
    }
    byte[] out = new byte[8 << 20];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(file, start, file.length - start);
      int count = inflater.inflate(out);
      return Arrays.copyOf(out, count);
    }
  }

  public static DecodedFrame decode(Sample sample, FrameIndex index, int frame) throws IOException {
    return FrameDecoder.decode(
        index.read(frame, sample.source(), DecodeLimits.defaults()),
        index.frame(frame).firstBit(),
        sample.transferSyntax().uid(),
        ImageDescription.of(sample.object().dataset()),
        DecodeLimits.defaults());
  }
}
