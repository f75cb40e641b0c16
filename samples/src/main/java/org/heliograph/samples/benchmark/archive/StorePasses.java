package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;
import org.heliograph.samples.benchmark.archive.Result.Values;
import org.jspecify.annotations.Nullable;

/** Stores the same images in each server, one server after the other. */
final class StorePasses {
  private static final String PER_IMAGE = "CPU ms/image";
  private static final String PER_SECOND = "images/s";

  private final Scale scale;
  private final LevelGround ground;
  private final Table table;

  StorePasses(Scale scale, Path folder, Table table) {
    this.scale = scale;
    this.ground = new LevelGround(folder);
    this.table = table;
  }

  /** Before anything is stored. */
  void memory(List<Server> running) throws IOException {
    ChildProcess.pause(scale.rest().toMillis());
    var values = new Values();
    for (Server server : running) {
      values.put(server.product(), ProcessTree.pssBytes(server.roots()) / 1e6);
    }
    table.add(
        values.result(
            "memory at rest, with PostgreSQL (PSS)", "MB", Better.LESS, Reach.value(450)));
  }

  /** Lets compilers and caches come to rest. */
  void warmUp(List<Server> running, ImageFiles ct, ImageFiles dx) throws IOException {
    for (Server server : running) {
      int sent = 0;
      while (sent < scale.warmUp()) {
        List<Path> some = ct.files().subList(0, Math.min(scale.warmUp() - sent, ct.files().size()));
        pass(server, ct, some, 4, Senders.Nagle.OFF);
        sent += some.size();
      }
      List<Path> few = dx.files().subList(0, Math.clamp(scale.warmUp() / 20, 1, dx.files().size()));
      pass(server, dx, few, 4, Senders.Nagle.OFF);
      table.say(server.product().title() + " is warm");
    }
  }

  /** All that is stored; the servers keep the last of it under the identity of the files. */
  void store(List<Server> running, List<ImageFiles> kinds, ImageFiles photos) throws IOException {
    for (int associations : scale.associations()) {
      for (ImageFiles images : kinds) {
        // One association waits for each answer, some peers 50 ms: a quarter tells as much.
        int count = Math.max(1, images.files().size() / (associations == 1 ? 4 : 1));
        List<Path> files = images.files().subList(0, count);
        store(running, images, files, associations, Senders.Nagle.OFF);
      }
    }
    store(running, photos, photos.files(), 4, Senders.Nagle.OFF);
    ImageFiles ct = kinds.getFirst();
    List<Path> few = ct.files().subList(0, Math.min(scale.withNagle(), ct.files().size()));
    store(running, ct, few, 1, Senders.Nagle.ON);
    // Once more all of it under the identity that is asked for next.
    for (ImageFiles images : kinds) {
      images.renew();
      for (Server server : running) {
        try {
          Senders.send(server, images.files(), 4, Senders.Nagle.OFF);
        } catch (IOException e) {
          failed(server, e);
        }
      }
    }
  }

  private void store(
      List<Server> running,
      ImageFiles images,
      List<Path> files,
      int associations,
      Senders.Nagle nagle)
      throws IOException {
    var cpu = new Values();
    var rate = new Values();
    var volume = new Values();
    for (Server server : running) {
      IngestRun.Pass pass = pass(server, images, files, associations, nagle);
      if (pass == null) {
        continue;
      }
      if (pass.lost() > 0) {
        table.say(server.product().title() + " has lost " + pass.lost() + " images");
      }
      if (pass.lost() < files.size()) {
        cpu.put(server.product(), pass.cpuMillis());
        rate.put(server.product(), pass.perSecond());
        volume.put(server.product(), pass.perSecond() * images.megabytes());
      }
    }
    boolean plain = nagle == Senders.Nagle.OFF;
    String what =
        "store %s, %d association%s%s"
            .formatted(
                images.kind().title(),
                associations,
                associations == 1 ? "" : "s",
                plain ? "" : ", sender with Nagle");
    boolean four = associations == 4 && plain;
    boolean isCt = images.kind() == ImageFiles.Kind.CT;
    boolean isDx = images.kind() == ImageFiles.Kind.DX;
    if (plain) {
      Reach least = isCt ? Reach.value(1.5) : Reach.value(22);
      table.add(cpu.result(what, PER_IMAGE, Better.LESS, four && (isCt || isDx) ? least : null));
    }
    Reach most =
        four && isCt
            ? Reach.times(3)
            : four && isDx ? Reach.times(2) : plain ? null : Reach.value(300);
    table.add(rate.result(what, PER_SECOND, Better.MORE, most));
    if (four) {
      table.add(volume.result(what, "MB/s", Better.MORE, null));
    }
  }

  /** Null if a peer gave up: that is told, and the others go on. */
  private IngestRun.@Nullable Pass pass(
      Server server, ImageFiles images, List<Path> files, int associations, Senders.Nagle nagle)
      throws IOException {
    images.renew();
    ground.level(files);
    try {
      return IngestRun.measure(server, files, associations, nagle);
    } catch (IOException e) {
      failed(server, e);
      return null;
    }
  }

  private void failed(Server peer, IOException fault) throws IOException {
    if (peer.product() == Product.HELIOGRAPH) {
      throw fault;
    }
    table.say(peer.product().title() + " gave up: " + fault.getMessage());
  }
}
