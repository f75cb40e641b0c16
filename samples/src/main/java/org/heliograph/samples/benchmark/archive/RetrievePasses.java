package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.util.List;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;
import org.heliograph.samples.benchmark.archive.Result.Values;

/** Asks each server that speaks DICOMweb for what it has stored. */
final class RetrievePasses {
  private final Scale scale;
  private final Table table;

  RetrievePasses(Scale scale, Table table) {
    this.scale = scale;
    this.table = table;
  }

  void retrieve(List<Server> running, ImageFiles ct, ImageFiles dx) throws IOException {
    var ctFrame = new Values();
    var dxFrame = new Values();
    var metadata = new Values();
    var alone = new Values();
    var eight = new Values();
    for (Server server : running) {
      Server.Web web = server.web();
      if (web != null) {
        Product product = server.product();
        ctFrame.put(product, RetrieveRun.frames(web, ct, scale.searches()).median());
        dxFrame.put(product, RetrieveRun.frames(web, dx, scale.searches()).median());
        metadata.put(
            product, RetrieveRun.metadata(web, ct, Math.max(4, scale.searches() / 20)).median());
        alone.put(product, RetrieveRun.study(web, ct, 1, scale.loading()));
        eight.put(product, RetrieveRun.study(web, ct, 8, scale.loading()));
        table.say("retrieved from " + product.title());
      }
    }
    String ms = "p50 ms";
    table.add(ctFrame.result("WADO-RS frame, CT", ms, Better.LESS, Reach.value(1.2)));
    table.add(dxFrame.result("WADO-RS frame, DX", ms, Better.LESS, Reach.value(9)));
    table.add(
        metadata.result(
            "metadata of a series of " + ct.longestSeries(),
            ms,
            Better.LESS,
            ct.longestSeries() >= 900 ? Reach.value(150) : null));
    String study = "WADO-RS study of " + ImageFiles.SLICES_OF_STUDY + " CT, ";
    table.add(alone.result(study + "1 client", "MB/s", Better.MORE, Reach.value(1500)));
    table.add(eight.result(study + "8 clients", "MB/s", Better.MORE, Reach.value(2000)));
  }
}
