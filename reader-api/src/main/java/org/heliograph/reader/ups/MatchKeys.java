package org.heliograph.reader.ups;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.heliograph.archive.catalog.NameKey;
import org.heliograph.archive.catalog.Search.NameMatching;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DateRange;
import org.heliograph.dicom.data.DateTimeRange;
import org.heliograph.dicom.data.DicomDateTime;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.PersonName;
import org.heliograph.dicom.data.Tags;
import org.heliograph.dicom.data.TimeRange;
import org.heliograph.dicom.data.Vr;
import org.heliograph.reader.dicomweb.SearchRequest;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys that a workitem is compared with in memory, by the rules of PS3.4 C.2.2.2: a search's, or
 * those of a filtered subscription. Prints nothing of its content.
 *
 * @param keys attribute, or sequence and attribute of its items, in hexadecimal → value
 */
record MatchKeys(Map<String, String> keys, NameMatching names) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> MAP = new TypeReference<>() {};

  MatchKeys {
    keys = Map.copyOf(keys);
  }

  static MatchKeys of(SearchRequest search) {
    var keys = new LinkedHashMap<String, String>();
    search.matches().forEach((tag, value) -> keys.put(Tags.toHex(tag), value));
    search
        .itemMatches()
        .forEach((sequence, items) ->
            items.forEach(
                (tag, value) -> keys.put(Tags.toHex(sequence) + "." + Tags.toHex(tag), value)));
    return new MatchKeys(keys, search.names());
  }

  static MatchKeys fromJson(String json) {
    return new MatchKeys(JSON.readValue(json, MAP), NameMatching.LITERAL);
  }

  String toJson() {
    return JSON.writeValueAsString(new TreeMap<>(keys));
  }

  /** Whether all keys match; those of one sequence in one item. */
  boolean match(Dataset data) {
    Map<Integer, List<Map.Entry<Integer, String>>> items = new LinkedHashMap<>();
    for (var key : keys.entrySet()) {
      int dot = key.getKey().indexOf('.');
      if (dot < 0) {
        if (!matches(data, tag(key.getKey()), key.getValue())) {
          return false;
        }
      } else {
        items
            .computeIfAbsent(tag(key.getKey().substring(0, dot)), _ -> new ArrayList<>())
            .add(Map.entry(tag(key.getKey().substring(dot + 1)), key.getValue()));
      }
    }
    return items.entrySet().stream().allMatch(sequence -> anyItem(data, sequence));
  }

  private boolean anyItem(
      Dataset data, Map.Entry<Integer, List<Map.Entry<Integer, String>>> sequence) {
    Predicate<Dataset> all =
        item ->
            sequence.getValue().stream()
                .allMatch(key -> matches(item, key.getKey(), key.getValue()));
    return sequence.getValue().stream().allMatch(key -> key.getValue().isEmpty())
        || data.items(sequence.getKey()).stream().anyMatch(all);
  }

  private boolean matches(Dataset data, int tag, String key) {
    if (key.isEmpty() || key.equals("*")) {
      return true;
    }
    List<String> values = data.strings(tag);
    if (key.equals("\"\"")) {
      return values.stream().allMatch(String::isEmpty) && data.items(tag).isEmpty();
    }
    Vr vr = data.get(tag).map(e -> e.vr()).orElse(Dictionary.vrOf(tag));
    return switch (vr) {
      case PN -> data.personNames(tag).stream().anyMatch(name -> name(name, key));
      case DA ->
          DateRange.parse(key)
              .filter(range -> data.date(tag).filter(range::contains).isPresent())
              .isPresent();
      case TM ->
          TimeRange.parse(key)
              .filter(range ->
                  data.time(tag).filter(time -> range.contains(time.earliest())).isPresent())
              .isPresent();
      case DT ->
          DateTimeRange.parse(key)
              .filter(range -> values.stream().anyMatch(value -> moment(range, value)))
              .isPresent();
      case UI ->
          List.of(key.split("[,\\\\]")).stream().anyMatch(uid -> values.contains(uid.strip()));
      default ->
          List.of(key.split("\\\\")).stream()
              .anyMatch(wanted ->
                  values.stream().anyMatch(value -> Wildcard.matches(wanted.strip(), value)));
    };
  }

  private static boolean moment(DateTimeRange range, String value) {
    return DicomDateTime.parse(value)
        .filter(moment -> range.contains(moment, ZoneOffset.UTC))
        .isPresent();
  }

  private boolean name(PersonName name, String key) {
    List<String> groups = NameKey.of(name);
    List<String> wanted = NameKey.of(PersonName.parse(key));
    return wanted.stream()
        .allMatch(pattern -> groups.stream().anyMatch(group -> group(pattern, group)));
  }

  private boolean group(String pattern, String group) {
    if (names == NameMatching.LITERAL) {
      return Wildcard.matches(pattern, group)
          || (pattern.endsWith("^*") && Wildcard.matches(pattern, group + "^"));
    }
    List<String> words = List.of(group.split("[\\^ ]+"));
    return List.of(pattern.split("[\\^ ]+")).stream()
        .allMatch(word -> words.stream().anyMatch(w -> Wildcard.matches(word + "*", w)));
  }

  private static int tag(String hex) {
    return Integer.parseUnsignedInt(hex, 16);
  }

  @Override
  public String toString() {
    return "MatchKeys[" + keys.size() + "]";
  }
}
