package org.heliograph.node.prepare;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.BundleWriter;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.prepare.PartSource.Kind;

/**
 * Packs the objects of a parcel: previews first, as part 0; large objects as they lie in the spool;
 * small ones together, so that they do not cost a round trip each; gzip where it saves at least two
 * per cent. The same objects in the same order give the same parts.
 *
 * <p>Files are durable when {@link #plan} returns. Until the plan has been announced to the hub it
 * may be made again: what an earlier attempt left behind is replaced.
 */
public final class Parts {
  /** Larger objects are parts of their own. */
  static final long SMALL_BYTES = 512L << 10;

  /** What the objects of one bundle have together, at most. */
  static final long BUNDLE_BYTES = 4L << 20;

  private static final String PREFIX = "part-";

  private final DurableFiles files;

  public Parts(DurableFiles files) {
    this.files = files;
  }

  /** The file of a part that is not simply an object's own file. */
  public static Optional<Path> file(Path folder, int number) {
    Path file = folder.resolve(PREFIX + number);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * Packs.
   *
   * @param folder of this parcel alone
   * @param sources in the order in which they should arrive
   * @throws IOException a file could not be read or written; nothing was announced, try again
   */
  public PartPlan plan(Path folder, List<PartSource> sources) throws IOException {
    files.createFolders(folder);
    clear(folder);
    var packing = new Packing(folder);
    packing.previews(sources);
    for (PartSource source : sources) {
      packing.add(source);
    }
    packing.flush();
    files.forceFolder(folder);
    return new PartPlan(packing.parts, packing.paths, packing.partOf, packing.previewed);
  }

  private void clear(Path folder) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path each : old) {
        files.delete(each);
      }
    }
  }

  /** One plan in the making. */
  private final class Packing {
    private final Path folder;
    private final List<Manifest.Part> parts = new ArrayList<>();
    private final Map<Integer, Path> paths = new HashMap<>();
    private final Map<String, Integer> partOf = new HashMap<>();
    private final Set<String> previewed = new HashSet<>();
    private final List<PartSource> small = new ArrayList<>();
    private long smallBytes;
    private int next = 1;

    Packing(Path folder) {
      this.folder = folder;
    }

    void previews(List<PartSource> sources) throws IOException {
      List<PartSource> pictures = new ArrayList<>();
      for (PartSource source : sources) {
        if (source.preview() != null) {
          pictures.add(new PartSource(source.kind(), source.contentId(), source.preview(), null));
          previewed.add(source.contentId());
        }
      }
      if (!pictures.isEmpty()) {
        bundle(0, PartKind.PREVIEWS, BundleWriter.JPEG, pictures);
      }
    }

    void add(PartSource source) throws IOException {
      long length = Files.size(source.file());
      if (source.kind() == Kind.DOCUMENT || length > SMALL_BYTES) {
        alone(source, length);
        return;
      }
      if (smallBytes + length > BUNDLE_BYTES) {
        flush();
      }
      small.add(source);
      smallBytes += length;
    }

    void flush() throws IOException {
      if (small.size() == 1) {
        alone(small.getFirst(), smallBytes);
      } else if (!small.isEmpty()) {
        int number = next++;
        bundle(number, PartKind.BUNDLE, BundleWriter.DICOM, small);
        small.forEach(source -> partOf.put(source.contentId(), number));
      }
      small.clear();
      smallBytes = 0;
    }

    /** A part of its own: the object's own file, unless gzip makes a smaller one of it. */
    private void alone(PartSource source, long length) throws IOException {
      int number = next++;
      PartKind kind = source.kind() == Kind.INSTANCE ? PartKind.INSTANCE : PartKind.DOCUMENT;
      partOf.put(source.contentId(), number);
      if (Gzip.isWorthwhile(source.file())) {
        Path path = folder.resolve(PREFIX + number);
        try (PartFile file = PartFile.create(files, path)) {
          try (InputStream in = Files.newInputStream(source.file());
              OutputStream out = new GZIPOutputStream(file.out(), Gzip.BUFFER_BYTES)) {
            PartFile.copy(in, out);
          }
          if (Gzip.saves(length, file.length())) {
            file.finish();
            part(number, kind, Gzip.NAME, path);
            return;
          }
        }
      }
      part(number, kind, Gzip.IDENTITY, source.file());
    }

    private void bundle(int number, PartKind kind, String type, List<PartSource> members)
        throws IOException {
      Path path = folder.resolve(PREFIX + number);
      List<String> digests = new ArrayList<>();
      for (PartSource member : members) {
        digests.add(member.contentId() + ' ' + FileDigest.of(member.file()));
      }
      // Previews are JPEG already.
      if (kind == PartKind.BUNDLE && writeGzip(path, type, members, digests)) {
        part(number, kind, Gzip.NAME, path);
        return;
      }
      try (PartFile file = PartFile.create(files, path)) {
        write(file.out(), type, members, digests);
        file.finish();
      }
      part(number, kind, Gzip.IDENTITY, path);
    }

    private boolean writeGzip(
        Path path, String type, List<PartSource> members, List<String> digests) throws IOException {
      long plain = 0;
      for (PartSource member : members) {
        plain += Files.size(member.file());
      }
      try (PartFile file = PartFile.create(files, path)) {
        try (OutputStream out = new GZIPOutputStream(file.out(), Gzip.BUFFER_BYTES)) {
          write(out, type, members, digests);
        }
        if (!Gzip.saves(plain, file.length())) {
          return false;
        }
        file.finish();
        return true;
      }
    }

    private void part(int number, PartKind kind, String encoding, Path path) throws IOException {
      FileDigest digest = FileDigest.measure(path);
      paths.put(number, path);
      parts.add(new Manifest.Part(number, kind, encoding, digest.lengthBytes(), digest.sha256()));
    }
  }

  private static void write(
      OutputStream out, String type, List<PartSource> members, List<String> digests)
      throws IOException {
    var buffered = new BufferedOutputStream(out, Gzip.BUFFER_BYTES);
    try (var writer = new BundleWriter(buffered, type, digests)) {
      for (PartSource member : members) {
        try (InputStream in = Files.newInputStream(member.file())) {
          writer.add(member.contentId(), Files.size(member.file()), in);
        }
      }
    }
    buffered.flush();
  }
}
