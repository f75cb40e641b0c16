package org.heliograph.node.forward;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.LinkJson;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.ManifestDocument;
import org.heliograph.node.link.ManifestInstance;
import org.heliograph.node.prepare.Parts;
import org.heliograph.node.spool.Spool;
import tools.jackson.core.JacksonException;

/** A parcel as it lies in the spool: its folder with the manifest, and the objects' own files. */
final class SpooledContents implements ParcelContents {
  private static final String MANIFEST = "manifest.json";

  private final Spool spool;
  private final Path folder;
  private final List<Manifest.Part> parts;
  private final Map<Integer, String> instances = new HashMap<>();
  private final Map<Integer, UUID> documents = new HashMap<>();

  private SpooledContents(Spool spool, Path folder, Manifest manifest) {
    this.spool = spool;
    this.folder = folder;
    this.parts = manifest.parts();
    for (Manifest.Part part : parts) {
      if (part.kind() == Manifest.PartKind.INSTANCE) {
        manifest.instances().stream()
            .filter(i -> i.part() == part.number())
            .map(ManifestInstance::sopInstanceUid)
            .findFirst()
            .ifPresent(uid -> instances.put(part.number(), uid));
      }
    }
    for (ManifestDocument document : manifest.documents()) {
      documents.put(document.part(), document.id());
    }
  }

  /** Writes the manifest; it is durable on return. */
  static void write(DurableFiles files, Path folder, Manifest manifest) throws IOException {
    Path path = folder.resolve(MANIFEST);
    files.delete(path);
    try (FileChannel channel = files.create(path)) {
      files.write(channel, ByteBuffer.wrap(LinkJson.mapper().writeValueAsBytes(manifest)));
      files.force(channel);
    }
    files.forceFolder(folder);
  }

  static SpooledContents open(Spool spool, UUID parcel) throws IOException {
    Path folder = spool.parcelFolder(parcel);
    return new SpooledContents(spool, folder, read(folder));
  }

  private static Manifest read(Path folder) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(MANIFEST)))) {
      return LinkJson.mapper().readValue(in, Manifest.class);
    } catch (JacksonException e) {
      throw new IOException("a manifest cannot be read", e);
    }
  }

  @Override
  public Manifest manifest() throws IOException {
    return read(folder);
  }

  @Override
  public List<Manifest.Part> parts() {
    return parts;
  }

  @Override
  public Path file(int part) throws IOException {
    return Parts.file(folder, part)
        .or(() -> instance(part))
        .or(() -> document(part))
        .orElseThrow(() -> new NoSuchFileException("part " + part));
  }

  private Optional<Path> instance(int part) {
    return Optional.ofNullable(instances.get(part))
        .flatMap(uid -> spool.bySopInstance(new SopInstanceUid(new Uid(uid))))
        .map(spool::file);
  }

  private Optional<Path> document(int part) {
    return Optional.ofNullable(documents.get(part)).flatMap(spool::document).map(spool::file);
  }
}
