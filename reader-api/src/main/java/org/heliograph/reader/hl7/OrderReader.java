package org.heliograph.reader.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.parser.CanonicalModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.util.ArrayList;
import java.util.List;
import org.heliograph.reader.hl7.OrderMessage.Action;
import org.heliograph.reader.hl7.Segments.Fields;
import org.heliograph.reader.orders.OrderedPatient;
import org.heliograph.reader.orders.OrderedProcedure;
import org.heliograph.reader.orders.Orders.Placing;

/**
 * Reads ORM^O01 and OMI^O23 of any version 2 by the structures of 2.5, in ER7 alone. Fields are
 * those of the IHE Radiology Technical Framework (RAD-4): IPC where it is there, else OBR-18 to -27
 * and ZDS. One parser for all threads.
 */
final class OrderReader {
  private final PipeParser parser;

  OrderReader() {
    // The hub is as long-lived as its context; its thread pool is made only by servers of its own.
    @SuppressWarnings("resource")
    var context = new DefaultHapiContext();
    context.setModelClassFactory(new CanonicalModelClassFactory("2.5"));
    context.setValidationContext(ValidationContextFactory.noValidation());
    parser = context.getPipeParser();
  }

  /**
   * Reads a message.
   *
   * @param issuer of patient identifiers without an assigning authority
   * @throws RefusedException it is none of these, or lacks what an order needs
   */
  OrderMessage read(String text, MessageHeader header, String issuer) throws RefusedException {
    requireOrder(header);
    try {
      Message message = parser.parse(text);
      return new OrderMessage(actions(Segments.of(message), issuer));
    } catch (HL7Exception | RuntimeException e) {
      // Messages of these exceptions quote what was sent.
      throw new RefusedException(Refusal.STRUCTURE, "", e);
    }
  }

  private static void requireOrder(MessageHeader header) throws RefusedException {
    String[] type = header.messageType().split("\\^", -1);
    String name = type[0] + (type.length > 1 ? "^" + type[1] : "");
    if (!name.equals("ORM^O01") && !name.equals("OMI^O23")) {
      throw new RefusedException(Refusal.MESSAGE_TYPE, "MSH-9");
    }
  }

  private static List<Action> actions(List<Fields> segments, String issuer)
      throws HL7Exception, RefusedException {
    List<Action> actions = new ArrayList<>();
    int first = -1;
    for (int i = 0; i <= segments.size(); i++) {
      boolean begins = i == segments.size() || segments.get(i).name().equals("ORC");
      if (begins && first >= 0) {
        actions.add(action(segments, segments.subList(first, i), issuer));
      }
      if (begins) {
        first = i;
      }
    }
    if (actions.isEmpty()) {
      throw new RefusedException(Refusal.STRUCTURE, "ORC");
    }
    return actions;
  }

  private static Action action(List<Fields> all, List<Fields> order, String issuer)
      throws HL7Exception, RefusedException {
    Fields orc = order.getFirst();
    String status = orc.text(5);
    return switch (orc.text(1)) {
      case "NW" -> place(all, order, issuer, Placing.NEW);
      case "XO", "XX", "PA", "SN" -> place(all, order, issuer, Placing.CHANGE);
      case "CA", "DC", "OC", "CR", "UX" -> new OrderMessage.Cancel(numbers(order));
      case "SC" ->
          switch (status) {
            case "CA", "DC" -> new OrderMessage.Cancel(numbers(order));
            // What is begun and done is told by modalities and by the pictures.
            case "IP", "CM", "A" -> new OrderMessage.Nothing();
            default -> place(all, order, issuer, Placing.CHANGE);
          };
      case "" -> throw new RefusedException(Refusal.FIELD_MISSING, "ORC-1");
      default -> throw new RefusedException(Refusal.ORDER_CONTROL, "ORC-1");
    };
  }

  private static Action place(List<Fields> all, List<Fields> order, String issuer, Placing placing)
      throws HL7Exception, RefusedException {
    Fields pid =
        Segments.first(all, "PID")
            .orElseThrow(() -> new RefusedException(Refusal.FIELD_MISSING, "PID"));
    OrderedPatient patient = PatientFields.of(pid, issuer);
    Fields pv1 = Segments.first(all, "PV1").orElse(null);
    OrderedProcedure procedure = new OrderFields(order, pv1).procedure(patient, numbers(order));
    return new OrderMessage.Place(procedure, placing);
  }

  /** ORC-2 and ORC-3, else OBR-2 and OBR-3, with their namespaces. */
  private static OrderedProcedure.OrderNumbers numbers(List<Fields> order)
      throws HL7Exception, RefusedException {
    String placer = "";
    String filler = "";
    for (Fields segment : order) {
      if (segment.name().equals("ORC") || segment.name().equals("OBR")) {
        placer = placer.isEmpty() ? number(segment, 2) : placer;
        filler = filler.isEmpty() ? number(segment, 3) : filler;
      }
    }
    if (placer.isEmpty() && filler.isEmpty()) {
      throw new RefusedException(Refusal.FIELD_MISSING, "ORC-2");
    }
    return new OrderedProcedure.OrderNumbers(placer, filler);
  }

  private static String number(Fields segment, int field) throws HL7Exception, RefusedException {
    String id = segment.text(field, 1);
    String namespace = segment.text(field, 2);
    String universal = segment.text(field, 3);
    String authority = namespace.isEmpty() ? universal : namespace;
    String number = id.isEmpty() || authority.isEmpty() ? id : id + "^" + authority;
    if (number.length() > 250) {
      throw new RefusedException(Refusal.FIELD_INVALID, segment.name() + "-" + field);
    }
    return number;
  }
}
