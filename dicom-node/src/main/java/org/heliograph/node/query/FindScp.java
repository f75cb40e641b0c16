package org.heliograph.node.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.net.dimse.FindHandler;
import org.heliograph.dicom.net.dimse.Match;
import org.heliograph.dicom.net.dimse.Match.OptionalKeys;
import org.heliograph.dicom.net.dimse.QueryRetrieveLevel;
import org.jspecify.annotations.Nullable;

/** C-FIND of the Patient Root and Study Root models (PS3.4 C.4.1). */
final class FindScp implements FindHandler {
  private static final Set<Integer> NO_KEYS =
      Set.of(Tag.QueryRetrieveLevel, Tag.SpecificCharacterSet, Tag.RetrieveAETitle);

  private final AeTitle own;
  private final StudyCatalog catalog;

  FindScp(AeTitle own, StudyCatalog catalog) {
    this.own = own;
    this.catalog = catalog;
  }

  @Override
  public Matches find(Request request) throws IOException {
    var model = QueryModel.of(request.sopClass());
    var level = model.level(request.keys());
    var negotiated = Negotiated.of(request.invocation().peer(), request.sopClass());
    if (!negotiated.relational()) {
      model.requireHierarchy(level, request.keys());
    }
    Map<Integer, String> keys = new HashMap<>();
    Map<Integer, Map<Integer, String>> itemKeys = new HashMap<>();
    Set<Integer> below = new HashSet<>();
    for (Element element : request.keys()) {
      if (NO_KEYS.contains(element.tag()) || (element.tag() & 0xffff) == 0) {
        continue;
      }
      if (QueryModel.isBelow(element.tag(), level)) {
        below.add(element.tag());
      } else if (element instanceof SequenceElement sequence) {
        sequence.items().stream()
            .findFirst()
            .ifPresent(item -> itemKeys.put(sequence.tag(), values(item)));
      } else {
        keys.put(element.tag(), value(request.keys(), element));
      }
    }
    Set<Integer> wanted =
        request.keys().stream()
            .map(Element::tag)
            .filter(tag -> !NO_KEYS.contains(tag) && !below.contains(tag))
            .collect(Collectors.toSet());
    var found =
        catalog.find(
            QueryCaller.of(request.invocation().peer()),
            new CatalogQuery(
                level,
                keys,
                itemKeys,
                wanted,
                negotiated.combinedDateTime()
                    ? CatalogQuery.DateTimes.COMBINED
                    : CatalogQuery.DateTimes.SEPARATE,
                negotiated.fuzzyNames() ? CatalogQuery.Names.FUZZY : CatalogQuery.Names.LITERAL));
    return new Answers(level, request.keys(), below, found);
  }

  private static Map<Integer, String> values(Dataset item) {
    Map<Integer, String> values = new HashMap<>();
    for (Element element : item) {
      if (!(element instanceof SequenceElement)) {
        values.put(element.tag(), value(item, element));
      }
    }
    return values;
  }

  private static String value(Dataset dataset, Element element) {
    return switch (element.vr()) {
      case US, SS, UL, SL ->
          IntStream.of(dataset.integers(element.tag()))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining("\\"));
      case AT, OB, OD, OF, OL, OV, OW, UN, FD, FL, SV, UV, SQ -> "";
      default -> String.join("\\", dataset.strings(element.tag()));
    };
  }

  /** Makes each answer one of exactly the attributes that were asked for. */
  private final class Answers implements Matches {
    private final QueryRetrieveLevel level;
    private final Dataset asked;
    private final OptionalKeys optionalKeys;
    private final Iterator<Dataset> answers;

    Answers(QueryRetrieveLevel level, Dataset asked, Set<Integer> below, StudyCatalog.Found found) {
      this.level = level;
      this.asked = asked;
      this.answers = found.answers();
      this.optionalKeys =
          below.isEmpty() && found.ignored().isEmpty()
              ? OptionalKeys.SUPPORTED
              : OptionalKeys.NOT_ALL_SUPPORTED;
    }

    @Override
    public @Nullable Match next() throws IOException {
      try {
        return answers.hasNext() ? new Match(identifier(answers.next()), optionalKeys) : null;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private Dataset identifier(Dataset found) {
      return RequestedAttributes.of(asked, found, NO_KEYS)
          .string(Tag.QueryRetrieveLevel, level.name())
          .string(Tag.RetrieveAETitle, own.value())
          .build();
    }
  }
}
