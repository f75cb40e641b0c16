package org.heliograph.node.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.NewDocument;
import org.heliograph.node.storage.StoreOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the folder, again and again, and remembers what it saw: only files that did not
 * change between two looks are touched. Not for several threads.
 */
final class FolderLook {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLook.class);

  /** A case file stays so long after the last file of its case. */
  private static final Duration CASE_QUIET = Duration.ofMinutes(2);

  /** One that lies about longer without a file might be taken for the next patient's. */
  private static final Duration CASE_UNUSED = Duration.ofHours(24);

  private final WatchSettings settings;
  private final WatchSink sink;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Filing filing;
  private Map<Path, Seen> seen = new HashMap<>();
  private final Map<Path, Instant> caseUsed = new HashMap<>();

  FolderLook(WatchSettings settings, WatchSink sink, InstantSource clock, ZoneId zone) {
    this.settings = settings;
    this.sink = sink;
    this.clock = clock;
    this.zone = zone;
    this.filing = new Filing(settings.folder());
  }

  /** How a file was, and since when it is so. */
  private record Seen(long size, FileTime modified, Instant since) {}

  /** What one look gave. */
  record Result(int taken, int refused, int waiting, List<Path> folders) {}

  private sealed interface Decision {
    record Taken() implements Decision {}

    record Refused(Refusal refusal) implements Decision {}

    /** Perhaps later. */
    record Waits() implements Decision {}
  }

  Result look() throws IOException {
    filing.createFolders();
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, zone);
    FolderListing listing = FolderListing.of(settings.folder(), filing);
    remember(listing.items(), now);
    var cases = new Cases(settings.folder(), today);
    for (FolderListing.Item item : listing.items()) {
      if (CaseFile.isNamed(item.path()) && item.attributes().isRegularFile()) {
        cases.add(item, isUnchangedFor(item.path(), settings.settle(), now), zone);
      }
    }
    int taken = 0;
    int refused = 0;
    Set<Path> waiting = new HashSet<>();
    for (FolderListing.Item item : listing.items()) {
      if (CaseFile.isNamed(item.path())) {
        continue;
      }
      switch (handled(item, cases, now, today)) {
        case Decision.Taken _ -> taken++;
        case Decision.Refused _ -> refused++;
        case Decision.Waits _ -> waiting.add(item.path());
      }
    }
    refused += tidyCases(cases, waiting, now, today);
    return new Result(taken, refused, waiting.size(), listing.folders());
  }

  private void remember(List<FolderListing.Item> items, Instant now) {
    Map<Path, Seen> next = new HashMap<>();
    for (FolderListing.Item item : items) {
      BasicFileAttributes is = item.attributes();
      Seen before = seen.get(item.path());
      boolean same =
          before != null
              && before.size() == is.size()
              && before.modified().equals(is.lastModifiedTime())
              && !before.since().isAfter(now); // a clock that was set back
      next.put(item.path(), same ? before : new Seen(is.size(), is.lastModifiedTime(), now));
    }
    seen = next;
  }

  private boolean isUnchangedFor(Path file, Duration time, Instant now) {
    Seen is = seen.get(file);
    return is != null && Duration.between(is.since(), now).compareTo(time) >= 0;
  }

  private Decision handled(FolderListing.Item item, Cases cases, Instant now, LocalDate today) {
    Path file = item.path();
    try {
      if (!isUnchangedFor(file, settings.settle(), now)) {
        return new Decision.Waits();
      }
      Decision decision =
          item.attributes().isRegularFile()
              ? decide(item, cases, now)
              : new Decision.Refused(Refusal.LINK);
      switch (decision) {
        case Decision.Taken _ -> filing.done(file, today);
        case Decision.Refused(Refusal why) -> filing.refused(file, today, why);
        case Decision.Waits _ -> {}
      }
      return decision;
    } catch (NoSuchFileException e) {
      return new Decision.Taken(); // somebody took it away
    } catch (IOException | RuntimeException e) {
      LOG.warn("event=watch.put-off fault={}", e.getClass().getSimpleName());
      return new Decision.Waits();
    }
  }

  private Decision decide(FolderListing.Item item, Cases cases, Instant now) throws IOException {
    Path file = item.path();
    boolean patient = !isUnchangedFor(file, settings.patience(), now);
    if (String.valueOf(file.getFileName()).equalsIgnoreCase("DICOMDIR")) {
      return new Decision.Taken(); // a list of files that are here themselves
    }
    FileKind kind = FileKind.of(file);
    if (kind == FileKind.DICOM) {
      return instance(file, cases, patient);
    }
    if (!kind.isDocument()) {
      Refusal why =
          switch (kind) {
            case EMPTY -> Refusal.EMPTY;
            case PHONE -> Refusal.PHONE_KIND;
            default -> Refusal.UNKNOWN_KIND;
          };
      return patient && kind != FileKind.PHONE ? new Decision.Waits() : new Decision.Refused(why);
    }
    if (item.attributes().size() > kind.mostBytes()) {
      return new Decision.Refused(Refusal.tooLarge(kind.mostBytes()));
    }
    if (!kind.isWhole(file)) {
      return patient ? new Decision.Waits() : new Decision.Refused(Refusal.NOT_WHOLE);
    }
    return switch (cases.of(file)) {
      case Cases.Answer.Known(CaseData data, Path caseFile) ->
          document(file, kind, data, caseFile, now);
      case Cases.Answer.Wrong(String problem, Path _) ->
          new Decision.Refused(Refusal.caseFile(problem));
      case Cases.Answer.Unsettled _ -> new Decision.Waits();
      case Cases.Answer.None _ ->
          patient ? new Decision.Waits() : new Decision.Refused(Refusal.NO_PATIENT);
    };
  }

  private Decision instance(Path file, Cases cases, boolean patient) throws IOException {
    Cases.Answer answer = cases.of(file);
    if (answer instanceof Cases.Answer.Unsettled) {
      return new Decision.Waits(); // it may say how urgent this is
    }
    Urgency urgency =
        answer instanceof Cases.Answer.Known(CaseData data, Path _) ? urgency(data) : null;
    StoreOutcome outcome = sink.instance(file, urgency == null ? settings.urgency() : urgency);
    return switch (outcome) {
      case StoreOutcome.Stored _, StoreOutcome.AlreadyStored _ -> new Decision.Taken();
      case StoreOutcome.Quarantined _ -> new Decision.Refused(Refusal.CONFLICT);
      case StoreOutcome.OutOfResources _ -> new Decision.Waits();
      case StoreOutcome.DoesNotMatchSopClass _ -> new Decision.Refused(Refusal.OTHER_CLASS);
      case StoreOutcome.NotAllowed _ -> new Decision.Refused(Refusal.NOT_ALLOWED);
      case StoreOutcome.CannotUnderstand _ ->
          patient ? new Decision.Waits() : new Decision.Refused(Refusal.UNREADABLE_DICOM);
    };
  }

  private static @Nullable Urgency urgency(CaseData data) {
    return data.urgency();
  }

  private Decision document(
      Path file, FileKind kind, CaseData data, @Nullable Path caseFile, Instant now)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    String view;
    try {
      view = kind == FileKind.PDF ? "" : data.view(name);
    } catch (CaseProblem e) {
      return new Decision.Refused(Refusal.caseFile(String.valueOf(e.getMessage())));
    }
    Path preview = Photos.preview(file, kind, settings);
    try {
      Urgency urgency = data.urgency();
      sink.document(
          new NewDocument(
              data.study(),
              kind.mediaType(),
              view,
              data.title(name),
              urgency == null ? settings.urgency() : urgency,
              preview),
          file);
    } finally {
      if (preview != null) {
        Files.deleteIfExists(preview);
      }
    }
    if (caseFile != null) {
      caseUsed.put(caseFile, now);
      Files.write(marker(caseFile), new byte[0]);
    }
    return new Decision.Taken();
  }

  /** Says, after a restart too, that a case file has been used. */
  private static Path marker(Path caseFile) {
    return caseFile.resolveSibling("." + caseFile.getFileName() + ".used");
  }

  /**
   * Case files go when their case is over, so that none is taken for the next patient's.
   *
   * @return how many were refused
   */
  private int tidyCases(Cases cases, Set<Path> waiting, Instant now, LocalDate today) {
    int refused = 0;
    for (Path file : cases.files()) {
      Path folder = file.getParent();
      if (folder == null || waiting.stream().anyMatch(w -> w.startsWith(folder))) {
        continue;
      }
      try {
        if (!caseUsed.containsKey(file) && Files.exists(marker(file))) {
          caseUsed.put(file, now);
        }
        Instant used = caseUsed.get(file);
        if (cases.in(folder) instanceof Cases.Answer.Wrong(String problem, Path _)) {
          filing.refused(file, today, Refusal.caseFile(problem));
          Files.deleteIfExists(marker(file));
          refused++;
        } else if (used != null && Duration.between(used, now).compareTo(CASE_QUIET) >= 0) {
          filing.done(file, today);
          caseUsed.remove(file);
          Files.deleteIfExists(marker(file));
        } else if (used == null && isUnchangedFor(file, CASE_UNUSED, now)) {
          filing.refused(file, today, Refusal.caseFile("no file of its case came for a day."));
          refused++;
        }
      } catch (IOException e) {
        LOG.warn("event=watch.put-off fault={}", e.getClass().getSimpleName());
      }
    }
    return refused;
  }
}
