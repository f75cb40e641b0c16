package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;

/**
 * Where the spool's files lie. All are named by ids of our own, so that neither a peer nor a person
 * can choose a path, and no name tells of a patient.
 */
final class Folders {
  final Path incoming;
  final Path instances;
  final Path previews;
  final Path documents;
  final Path parcels;
  final Path damaged;
  final Path quarantine;
  final Path index;

  private Folders(Path root) {
    incoming = root.resolve("incoming");
    instances = root.resolve("instances");
    previews = root.resolve("previews");
    documents = root.resolve("documents");
    parcels = root.resolve("parcels");
    damaged = root.resolve("damaged");
    quarantine = root.resolve("quarantine");
    index = root.resolve("index");
  }

  static Folders make(Path root, DurableFiles files) throws IOException {
    var folders = new Folders(root);
    for (Path each :
        List.of(
            folders.incoming,
            folders.instances,
            folders.previews,
            folders.documents,
            folders.parcels,
            folders.damaged,
            folders.quarantine,
            folders.index)) {
      files.createFolders(each);
    }
    makeDurable(root.toAbsolutePath(), files);
    return folders;
  }

  /** They may have been made by a process that died, or failed, before it forced them. */
  private static void makeDurable(Path root, DurableFiles files) throws IOException {
    files.forceFolder(root);
    Path parent = root.getParent();
    if (parent != null) {
      files.forceFolder(parent);
    }
  }

  Path incoming(UUID id) {
    return incoming.resolve(id + ".part");
  }

  Path original(UUID id, boolean apart) {
    return (apart ? quarantine : instances).resolve(id + ".dcm");
  }

  Path prepared(UUID id, int tag) {
    return instances.resolve(tagged(id, tag) + ".dcm");
  }

  Path preview(UUID id, int tag) {
    return previews.resolve(tagged(id, tag) + ".jpg");
  }

  private static String tagged(UUID id, int tag) {
    return id + "-" + HexFormat.of().toHexDigits(tag);
  }

  Path original(Entry entry) {
    return original(entry.id(), entry.apart);
  }

  /** As it is sent on. */
  Path file(Entry entry) {
    PreparedEntry prepared = entry.prepared();
    return prepared == null || !prepared.newFile
        ? original(entry)
        : prepared(entry.id(), prepared.tag);
  }

  Path document(UUID id) {
    return documents.resolve(id + ".bin");
  }

  Path documentPreview(UUID id) {
    return previews.resolve(id + ".jpg");
  }

  Path parcel(UUID id) {
    return parcels.resolve(id.toString());
  }

  Path damaged(UUID id, String code) {
    return damaged.resolve(id + "." + code);
  }
}
