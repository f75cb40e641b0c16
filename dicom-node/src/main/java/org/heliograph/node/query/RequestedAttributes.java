package org.heliograph.node.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Element;
import org.heliograph.dicom.data.SequenceElement;
import org.heliograph.dicom.data.Vr;

/**
 * Answers a C-FIND with exactly the attributes that were asked for (PS3.4 C.4.1.1.3.2,
 * K.4.1.1.3.2): what is not known comes back empty, and items hold what an item of the request
 * asked of them, or everything if it asked nothing.
 */
public final class RequestedAttributes {
  private RequestedAttributes() {}

  /**
   * Begins an answer.
   *
   * @param asked the request's identifier
   * @param found what is known
   * @param left attributes that the caller answers itself
   */
  public static Dataset.Builder of(Dataset asked, Dataset found, Set<Integer> left) {
    var answer = Dataset.builder();
    for (Element element : asked) {
      int tag = element.tag();
      if (left.contains(tag) || (tag & 0xffff) == 0) {
        continue;
      }
      Element known = found.get(tag).orElse(null);
      if (known instanceof SequenceElement items && element instanceof SequenceElement wanted) {
        answer.element(SequenceElement.of(tag, items(items.items(), wanted.items())));
      } else if (known != null) {
        answer.element(known);
      } else if (element.vr() == Vr.SQ) {
        answer.element(SequenceElement.of(tag, List.of()));
      } else {
        answer.text(tag, element.vr());
      }
    }
    return answer;
  }

  private static List<Dataset> items(List<Dataset> found, List<Dataset> wanted) {
    if (wanted.stream().allMatch(Dataset::isEmpty)) {
      return found;
    }
    List<Dataset> items = new ArrayList<>();
    for (Dataset item : found) {
      var answer = Dataset.builder();
      wanted.forEach(each -> answer.addAll(of(each, item, Set.of()).build()));
      items.add(answer.build());
    }
    return items;
  }
}
