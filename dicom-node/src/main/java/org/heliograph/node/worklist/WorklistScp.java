package org.heliograph.node.worklist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.net.dimse.DimseException;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.FindHandler;
import org.heliograph.dicom.net.dimse.Invocation;
import org.heliograph.dicom.net.dimse.Match;
import org.heliograph.dicom.net.dimse.Match.OptionalKeys;
import org.heliograph.node.query.QueryCaller;
import org.heliograph.node.query.RequestedAttributes;
import org.jspecify.annotations.Nullable;

/**
 * C-FIND of the Modality Worklist (PS3.4 K.4.1). Answers are in the character set of the request
 * where it can hold them, else in ISO_IR 192.
 */
final class WorklistScp implements FindHandler {
  private static final Set<Integer> NO_KEYS = Set.of(Tag.SpecificCharacterSet);

  private final WorklistSource source;
  private final int maxMatches;

  WorklistScp(WorklistSource source, int maxMatches) {
    this.source = source;
    this.maxMatches = maxMatches;
  }

  @Override
  public Matches find(Request request) throws IOException {
    var keys = KeyMatching.of(request.keys());
    var caller = QueryCaller.of(request.invocation().peer());
    return new Answers(request, keys, source.items(caller, request.keys()));
  }

  private final class Answers implements Matches {
    private final Dataset asked;
    private final Invocation.Cancellation cancellation;
    private final KeyMatching keys;
    private final Iterator<Dataset> items;
    private int told;

    Answers(Request request, KeyMatching keys, Iterator<Dataset> items) {
      this.asked = request.keys();
      this.cancellation = request.invocation().cancellation();
      this.keys = keys;
      this.items = items;
    }

    @Override
    public @Nullable Match next() throws IOException {
      try {
        while (items.hasNext()) {
          Dataset item = items.next();
          var result = keys.match(item);
          if (result != KeyMatching.Result.NONE) {
            if (told++ == maxMatches) {
              throw new DimseException(
                  DimseStatus.OUT_OF_RESOURCES.withComment(
                      "more than " + maxMatches + " matches: narrow the query"));
            }
            return new Match(
                answer(item),
                result == KeyMatching.Result.ALL_KEYS
                    ? OptionalKeys.SUPPORTED
                    : OptionalKeys.NOT_ALL_SUPPORTED);
          }
          if (cancellation.isRequested()) {
            return null;
          }
        }
        return null;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private Dataset answer(Dataset item) {
      List<String> terms = asked.strings(Tag.SpecificCharacterSet);
      var answer = RequestedAttributes.of(asked, single(item), NO_KEYS);
      if (!terms.isEmpty()) {
        answer.string(Tag.SpecificCharacterSet, terms.toArray(String[]::new));
      }
      return answer.build();
    }

    /** Where the step is open to several modalities or stations, the one that was asked for. */
    private Dataset single(Dataset item) {
      Dataset step = item.item(Tag.ScheduledProcedureStepSequence).orElseGet(Dataset::empty);
      Dataset wanted = asked.item(Tag.ScheduledProcedureStepSequence).orElseGet(Dataset::empty);
      List<String> modalities = step.strings(Tag.Modality);
      List<String> stations = step.strings(Tag.ScheduledStationAETitle);
      if (modalities.size() < 2 && stations.size() < 2) {
        return item;
      }
      var chosen = step.toBuilder();
      if (modalities.size() > 1) {
        chosen.text(
            Tag.Modality, Vr.CS, named(wanted, Tag.Modality, modalities, modalities.getFirst()));
      }
      if (stations.size() > 1) {
        String station = named(wanted, Tag.ScheduledStationAETitle, stations, "");
        if (!station.isEmpty()) {
          chosen.text(Tag.ScheduledStationAETitle, Vr.AE, station);
        }
      }
      return item.with(
          SequenceElement.of(Tag.ScheduledProcedureStepSequence, List.of(chosen.build())));
    }

    private static String named(Dataset wanted, int tag, List<String> values, String fallback) {
      return wanted.strings(tag).stream().filter(values::contains).findFirst().orElse(fallback);
    }
  }
}
