package org.heliograph.reader.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.util.Terser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The segments of a parsed message in their order, and fields by their numbers. */
final class Segments {
  private Segments() {}

  /** A segment with text by place; what is not there is empty. */
  record Fields(String name, Segment segment) {
    String text(int field) throws HL7Exception {
      return text(field, 1);
    }

    String text(int field, int component) throws HL7Exception {
      return text(field, 0, component, 1);
    }

    String text(int field, int repetition, int component, int subcomponent) throws HL7Exception {
      String value = Terser.get(segment, field, repetition, component, subcomponent);
      return value == null || value.equals("\"\"") ? "" : value.strip();
    }

    int repetitions(int field) throws HL7Exception {
      return field > segment.numFields() ? 0 : segment.getField(field).length;
    }

    /** Segments hold patients' data. */
    @Override
    public String toString() {
      return "Fields[" + name + "]";
    }
  }

  static List<Fields> of(Message message) throws HL7Exception {
    List<Fields> all = new ArrayList<>();
    collect(message, all);
    return all;
  }

  static Optional<Fields> first(List<Fields> segments, String name) {
    return segments.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static void collect(Group group, List<Fields> all) throws HL7Exception {
    for (String name : group.getNames()) {
      for (Structure structure : Objects.requireNonNull(group.getAll(name))) {
        switch (structure) {
          case Segment segment when !segment.isEmpty() ->
              all.add(new Fields(segment.getName(), segment));
          case Group inner -> collect(inner, all);
          default -> {}
        }
      }
    }
  }
}
