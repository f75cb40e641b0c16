package org.heliograph.node.inbox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.spool.JournalTable;

/** Where the clinic's cases stand at the hub, as it last told. Durable; old ones are forgotten. */
public final class CaseBoard implements AutoCloseable {
  private static final int MOST = 2_000;
  private static final Duration REMEMBERED = Duration.ofDays(90);

  private final JournalTable<HubMessage.CaseNews> cases;
  private final InstantSource clock;

  private CaseBoard(JournalTable<HubMessage.CaseNews> cases, InstantSource clock) {
    this.cases = cases;
    this.clock = clock;
  }

  /** Opens the board, or makes an empty one. */
  public static CaseBoard open(Path folder, DurableFiles files, InstantSource clock)
      throws IOException {
    files.createFolders(folder);
    return new CaseBoard(
        JournalTable.open(folder, "cases", files, HubMessage.CaseNews.class), clock);
  }

  /** Keeps what is newer than what is known; durable when it returns. */
  synchronized void take(HubMessage.CaseNews news) throws IOException {
    String key = news.caseId().toString();
    HubMessage.CaseNews known = cases.get(key).orElse(null);
    if (known == null || known.sequence() < news.sequence()) {
      cases.put(key, news);
      forget();
    }
  }

  private void forget() throws IOException {
    Instant longAgo = clock.instant().minus(REMEMBERED);
    List<HubMessage.CaseNews> all = cases();
    for (int i = 0; i < all.size(); i++) {
      if (i >= MOST || all.get(i).at().isBefore(longAgo)) {
        cases.remove(all.get(i).caseId().toString());
      }
    }
  }

  /** All cases: those whose reader waits for the clinic's answer first, then the newest news. */
  public List<HubMessage.CaseNews> cases() {
    return cases.values().stream()
        .sorted(
            Comparator.comparing((HubMessage.CaseNews each) -> !isAsking(each))
                .thenComparing(HubMessage.CaseNews::at, Comparator.reverseOrder())
                .thenComparing(HubMessage.CaseNews::caseId))
        .toList();
  }

  /** The cases of a study, in the same order. */
  public List<HubMessage.CaseNews> ofStudy(String studyInstanceUid) {
    return cases().stream()
        .filter(each -> each.studyInstanceUids().contains(studyInstanceUid))
        .toList();
  }

  /** How many readers wait for an answer of the clinic. */
  public long asking() {
    return cases.values().stream().filter(CaseBoard::isAsking).count();
  }

  /** Whether the reader of a case wants something from the clinic. */
  public static boolean isAsking(HubMessage.CaseNews news) {
    return news.question() != null && !news.question().isBlank();
  }

  /** A case by the hub's id. */
  public java.util.Optional<HubMessage.CaseNews> find(UUID caseId) {
    return cases.get(caseId.toString());
  }

  @Override
  public void close() throws IOException {
    cases.close();
  }
}
