package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.heliograph.samples.benchmark.archive.Result.Better;
import org.heliograph.samples.benchmark.archive.Result.Reach;
import org.heliograph.samples.benchmark.archive.Result.Values;
import org.heliograph.samples.benchmark.archive.Searches.Question;
import org.jspecify.annotations.Nullable;

/** Fills catalogs and asks them. */
final class SearchPasses {
  private static final int POSTING = 4;

  private final Scale scale;
  private final Table table;

  SearchPasses(Scale scale, Table table) {
    this.scale = scale;
    this.table = table;
  }

  /** Searches the hub and those of the products that can be searched. */
  void search(HubServer hub, Path servers, List<Product> products) throws IOException {
    Map<Question, Map<Product, Times>> ofPeers = new EnumMap<>(Question.class);
    SyntheticStudies.fill(hub, scale.peerStudies());
    for (Product product : List.of(Product.ORTHANC_POSTGRESQL, Product.ORTHANC_SQLITE)) {
      if (products.contains(product)) {
        searchPeer(servers.resolve("search-" + product.name()), product, hub, ofPeers);
      }
    }
    for (int studies : scale.catalogs()) {
      table.say("searching among " + studies + " studies");
      SyntheticStudies.fill(hub, studies);
      searchOurs(hub, studies, ofPeers);
    }
  }

  private void searchPeer(
      Path place, Product product, HubServer hub, Map<Question, Map<Product, Times>> ofPeers)
      throws IOException {
    table.say("filling " + product.title() + " with " + scale.peerStudies() + " studies");
    try (var peer = OrthancServer.start(place, product);
        var posts = new Posts(peer.web(), POSTING)) {
      SyntheticStudies.objects(hub, posts::post);
      posts.finish();
      var searches = new Searches(scale.peerStudies());
      int times = Math.max(4, scale.searches() / 10);
      for (Question question : Question.values()) {
        ofPeers
            .computeIfAbsent(question, _ -> new EnumMap<>(Product.class))
            .put(product, SearchRun.qido(peer.web(), searches, question, times));
      }
    }
  }

  private void searchOurs(HubServer hub, int studies, Map<Question, Map<Product, Times>> ofPeers)
      throws IOException {
    var searches = new Searches(studies);
    Server.Web web = hub.web();
    for (Question question : Question.values()) {
      Times ours = SearchRun.qido(web, searches, question, scale.searches());
      var p50 = new Values();
      var p95 = new Values();
      p50.put(Product.HELIOGRAPH, ours.median());
      p95.put(Product.HELIOGRAPH, ours.p95());
      if (studies == scale.peerStudies()) {
        ofPeers
            .getOrDefault(question, Map.of())
            .forEach((product, measured) -> {
              p50.put(product, measured.median());
              p95.put(product, measured.p95());
            });
      }
      String what = "QIDO-RS, " + question.title() + ", " + thousands(studies) + " studies";
      table.add(p50.result(what, "p50 ms", Better.LESS, null));
      table.add(p95.result(what, "p95 ms", Better.LESS, reach(question, studies)));
    }
    Times ofClinic =
        SearchRun.qido(hub.webOfClinic(), searches, Question.NAME_INFIX, scale.searches());
    table.add(
        Result.ours(
            "the same of one clinic, part of a name, " + thousands(studies) + " studies",
            "p95 ms",
            Better.LESS,
            ofClinic.p95(),
            null));
    for (Question question : List.of(Question.ID, Question.DATE_AND_MODALITY)) {
      Times found = SearchRun.find(hub, searches, question, scale.searches());
      String title = question == Question.ID ? question.title() : "1 day and modality";
      table.add(
          Result.ours(
              "C-FIND, " + title + ", " + thousands(studies) + " studies",
              "p95 ms",
              Better.LESS,
              found.p95(),
              null));
    }
  }

  private static @Nullable Reach reach(Question question, int studies) {
    double factor = studies >= 1_000_000 ? 2 : studies == 50_000 ? 1 : 0;
    return switch (question) {
      case NEWEST -> null;
      case ID -> factor == 0 ? null : Reach.value(5 * factor);
      case DATE_AND_MODALITY, NAME_INFIX -> factor == 0 ? null : Reach.value(10 * factor);
    };
  }

  private static String thousands(int studies) {
    return studies >= 1_000_000 ? studies / 1_000_000 + " M" : studies / 1_000 + " k";
  }
}
