package org.heliograph.reader.orders;

import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scheduled procedure step of an order.
 *
 * @param key tells it from the order's other steps
 * @param stepId Scheduled Procedure Step ID; empty: one is made
 * @param modalities those it may be done with
 * @param stations AE titles; none: any station of the site
 * @param start of the clinic's clock; null: as soon as may be
 * @param performingPhysician as a PN value
 */
public record OrderedStep(
    String key,
    String stepId,
    String description,
    CodedText protocol,
    List<String> modalities,
    List<String> stations,
    String stationName,
    String location,
    @Nullable LocalDateTime start,
    String performingPhysician) {
  public OrderedStep {
    modalities = List.copyOf(modalities);
    stations = List.copyOf(stations);
  }

  @Override
  public String toString() {
    return "OrderedStep[***]";
  }
}
