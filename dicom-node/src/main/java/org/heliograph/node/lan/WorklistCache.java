package org.heliograph.node.lan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.node.lan.LocalSteps.Progress;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.node.worklist.WorklistSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * The hub's worklist as it was last seen, with what modalities have performed since. As at the hub,
 * a step that a modality has begun is told only when its status is asked for, and one that is done
 * is not told.
 *
 * <p>The hub leaves the station empty where any will do, and the start where there is no
 * appointment: such a step is for whoever asks, and due today, whatever day it is by then.
 *
 * <p>It survives a power cut; before the hub was ever asked it is empty, and a query is answered
 * {@code A700} then, so that nobody takes "not known" for "nothing to do".
 */
public final class WorklistCache implements WorklistSource, AutoCloseable {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_ITEMS = 5_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String SCHEDULED = "SCHEDULED";
  private static final String STARTED = "STARTED";

  private final LocalSteps local;
  private final InstantSource clock;
  private final ZoneId zone;
  private volatile Items items = new Items(List.of(), 0);
  private final RefreshedAnswer cached;

  /** DICOM JSON of each item: parsed when asked for, as text takes a tenth of the memory. */
  private record Items(List<Item> all, int unreadable) {
    @Override
    public String toString() {
      return "Items[" + all.size() + "]";
    }
  }

  private record Item(ScheduledStep step, String text) {
    @Override
    public String toString() {
      return "Item[***]";
    }
  }

  private WorklistCache(
      Path folder, DurableFiles files, InstantSource clock, ZoneId zone, LocalSteps local)
      throws IOException {
    this.local = local;
    this.clock = clock;
    this.zone = zone;
    this.cached = new RefreshedAnswer(folder, "worklist", files, clock, MAX_BYTES, this::use);
  }

  /**
   * Reads what was kept.
   *
   * @param zone of the clinic: what today is
   * @param local what the modalities of the clinic perform
   */
  public static WorklistCache open(
      Path folder, DurableFiles files, InstantSource clock, ZoneId zone, LocalSteps local)
      throws IOException {
    return new WorklistCache(folder, files, clock, zone, local);
  }

  /** The same in the computer's time zone. */
  public static WorklistCache open(
      Path folder, DurableFiles files, InstantSource clock, LocalSteps local) throws IOException {
    return open(folder, files, clock, ZoneId.systemDefault(), local);
  }

  /** Asks if there is a reason to; when to ask again. */
  Duration refresh(HubExchange hub) throws IOException, InterruptedException {
    return cached.refresh(hub::worklist);
  }

  /** Begins to ask. */
  public void start(HubExchange hub) {
    cached.start(hub::worklist);
  }

  /** The hub has this version now. */
  public void versionSeen(String version) {
    cached.versionSeen(version);
  }

  /** How it stands. */
  public CacheState state() {
    Items now = items;
    return new CacheState(cached.fetchedAt(), now.all().size(), now.unreadable(), cached.code());
  }

  @Override
  public Iterator<Dataset> items(QueryCaller caller, Dataset keys) throws IOException {
    Instant fetchedAt = cached.fetchedAt();
    if (fetchedAt == null) {
      throw new IOException("the hub has not told its worklist yet");
    }
    Dataset step = keys.item(Tag.ScheduledProcedureStepSequence).orElseGet(Dataset::empty);
    boolean begunToo = !step.string(Tag.ScheduledProcedureStepStatus, "").isEmpty();
    String asked = step.string(Tag.ScheduledStationAETitle, "");
    boolean exactly = !asked.isEmpty() && asked.indexOf('*') < 0 && asked.indexOf('?') < 0;
    String station = exactly ? asked : caller.callingAe().value();
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    List<Item> all = items.all();
    Map<ScheduledStep, Progress> performed =
        local.of(all.stream().map(Item::step).toList(), fetchedAt);
    return all.stream()
        .flatMap(item ->
            current(item, Optional.ofNullable(performed.get(item.step())), begunToo)
                .map(each -> completed(each, station, today))
                .stream())
        .iterator();
  }

  /** An item with its state of now; empty if it is not told. */
  private static Optional<Dataset> current(
      Item item, Optional<Progress> performed, boolean begunToo) {
    Dataset known = DicomJson.read(item.text());
    Dataset step = known.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
    String told = step.string(Tag.ScheduledProcedureStepStatus, SCHEDULED);
    String now = performed.map(WorklistCache::status).orElse(told);
    if (!now.equals(SCHEDULED) && !(begunToo && now.equals(STARTED))) {
      return Optional.empty();
    }
    Dataset stepNow = step.toBuilder().string(Tag.ScheduledProcedureStepStatus, now).build();
    return Optional.of(
        known.with(SequenceElement.of(Tag.ScheduledProcedureStepSequence, List.of(stepNow))));
  }

  /** A step for any station is for the one that asks; one without an appointment is due today. */
  private static Dataset completed(Dataset item, String station, LocalDate today) {
    Dataset step = item.item(Tag.ScheduledProcedureStepSequence).orElseThrow();
    boolean anyStation = step.strings(Tag.ScheduledStationAETitle).isEmpty();
    boolean anyDay = step.string(Tag.ScheduledProcedureStepStartDate, "").isEmpty();
    if (!anyStation && !anyDay) {
      return item;
    }
    var filled = step.toBuilder();
    if (anyStation) {
      filled.string(Tag.ScheduledStationAETitle, station);
    }
    if (anyDay) {
      filled
          .date(Tag.ScheduledProcedureStepStartDate, today)
          .string(Tag.ScheduledProcedureStepStartTime, "000000");
    }
    return item.with(
        SequenceElement.of(Tag.ScheduledProcedureStepSequence, List.of(filled.build())));
  }

  private static String status(Progress performed) {
    return switch (performed) {
      case GIVEN_UP -> SCHEDULED;
      case IN_PROGRESS -> STARTED;
      case COMPLETED -> "COMPLETED";
    };
  }

  private void use(String text) throws RefreshedAnswer.UnreadableException {
    List<Item> all = new ArrayList<>();
    int unreadable = 0;
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new RefreshedAnswer.UnreadableException(RefreshedAnswer.UNREADABLE);
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        Item item = item(parser.readValueAsTree().toString());
        if (item == null) {
          unreadable++;
        } else if (all.size() == MAX_ITEMS) {
          throw new RefreshedAnswer.UnreadableException(RefreshedAnswer.TOO_LARGE);
        } else {
          all.add(item);
        }
      }
    } catch (JacksonException e) {
      throw new RefreshedAnswer.UnreadableException(RefreshedAnswer.UNREADABLE);
    }
    items = new Items(List.copyOf(all), unreadable);
  }

  private static @Nullable Item item(String text) {
    try {
      Dataset item = DicomJson.read(text);
      return item.items(Tag.ScheduledProcedureStepSequence).size() == 1
          ? new Item(ScheduledStep.of(item), text)
          : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  @Override
  public void close() {
    cached.close();
  }
}
