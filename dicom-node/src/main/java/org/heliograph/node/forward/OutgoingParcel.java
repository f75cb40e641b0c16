package org.heliograph.node.forward;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.heliograph.node.link.Manifest;
import org.heliograph.node.link.Manifest.PartKind;
import org.heliograph.node.link.ParcelState;
import org.heliograph.node.link.Urgency;
import org.jspecify.annotations.Nullable;

/** Where a parcel stands on its way. Its own lock guards it: the status page looks on. */
final class OutgoingParcel {
  private final UUID id;
  private final Instant since;
  private final ParcelContents contents;
  private final Map<Integer, Part> parts = new LinkedHashMap<>();
  private Urgency urgency;
  private boolean known;
  private boolean certain;
  private long notBefore = Long.MIN_VALUE;
  private int failures;
  private String trouble = "";

  OutgoingParcel(
      UUID id, Urgency urgency, Instant since, ParcelContents contents, Set<Integer> wholeParts) {
    this.id = id;
    this.urgency = urgency;
    this.since = since;
    this.contents = contents;
    for (Manifest.Part part : contents.parts()) {
      var own = new Part(part);
      own.whole = wholeParts.contains(part.number());
      own.offset = own.whole ? part.lengthBytes() : 0;
      own.verified = own.offset;
      parts.put(part.number(), own);
    }
  }

  UUID id() {
    return id;
  }

  Instant since() {
    return since;
  }

  ParcelContents contents() {
    return contents;
  }

  synchronized Urgency urgency() {
    return urgency;
  }

  synchronized void urgency(Urgency fresh) {
    urgency = fresh;
  }

  /** The hub knows it and its offsets are those here. */
  synchronized boolean certain() {
    return known && certain;
  }

  synchronized boolean known() {
    return known;
  }

  /** What the hub has must be asked for: a request had no answer. */
  synchronized void uncertain() {
    certain = false;
  }

  /** The hub has forgotten it. */
  synchronized void unknown() {
    known = false;
  }

  /** Has the previews still to be sent, or is not even announced. */
  synchronized boolean previewsWait() {
    return !known
        || parts.values().stream().anyMatch(p -> !p.whole && p.part.kind() == PartKind.PREVIEWS);
  }

  /** All parts are at the hub; receipts are what is missing. */
  synchronized boolean sent() {
    return known && parts.values().stream().allMatch(p -> p.whole);
  }

  /** The next part in the manifest's order that is not whole. */
  synchronized @Nullable Next next() {
    return parts.values().stream()
        .filter(p -> !p.whole)
        .findFirst()
        .map(p -> new Next(p.part, p.offset, p.verified))
        .orElse(null);
  }

  /**
   * Takes over what the hub says.
   *
   * @return the parts that were thought to be whole and are not
   */
  synchronized Set<Integer> apply(ParcelState state) throws HubException.BadAnswer {
    Map<Integer, ParcelState.PartState> said = new LinkedHashMap<>();
    for (ParcelState.PartState each : state.parts()) {
      said.put(each.number(), each);
    }
    var lost = new TreeSet<Integer>();
    for (Part part : parts.values()) {
      ParcelState.PartState is = said.get(part.part.number());
      boolean wasWhole = part.whole;
      part.whole = is != null && is.whole();
      if (part.whole) {
        part.offset = part.part.lengthBytes();
        part.verified = part.offset;
      } else {
        move(part, is == null ? 0 : is.offset(), is == null ? 0 : is.verifiedOffset());
        if (wasWhole) {
          lost.add(part.part.number());
        }
      }
    }
    known = true;
    certain = true;
    return lost;
  }

  synchronized void move(int number, long offset, long verified) throws HubException.BadAnswer {
    Part part = parts.get(number);
    if (part != null) {
      move(part, offset, verified);
    }
  }

  private static void move(Part part, long offset, long verified) throws HubException.BadAnswer {
    if (verified < 0 || verified > offset || offset > part.part.lengthBytes()) {
      throw new HubException.BadAnswer("offsets outside the part");
    }
    part.offset = offset;
    part.verified = verified;
  }

  synchronized void whole(int number) {
    Part part = parts.get(number);
    if (part != null) {
      part.whole = true;
      part.offset = part.part.lengthBytes();
      part.verified = part.offset;
    }
  }

  /** The hub wants the part again from its beginning. */
  synchronized void wanted(int number) {
    Part part = parts.get(number);
    if (part != null) {
      part.whole = false;
      part.offset = 0;
      part.verified = 0;
      certain = false;
      notBefore = Long.MIN_VALUE;
    }
  }

  synchronized boolean ready(long now) {
    return notBefore == Long.MIN_VALUE || now - notBefore >= 0;
  }

  synchronized int failed(String code) {
    trouble = code;
    return ++failures;
  }

  synchronized void pauseUntil(long moment) {
    notBefore = moment;
  }

  synchronized void wentWell() {
    failures = 0;
    trouble = "";
    notBefore = Long.MIN_VALUE;
  }

  synchronized ParcelProgress progress(long underWay) {
    long sent = parts.values().stream().mapToLong(p -> p.offset).sum();
    long total = parts.values().stream().mapToLong(p -> p.part.lengthBytes()).sum();
    int whole = (int) parts.values().stream().filter(p -> p.whole).count();
    return new ParcelProgress(
        id, urgency, since, Math.min(total, sent + underWay), total, whole, parts.size(), trouble);
  }

  /** Where the next chunk begins, and where its checksum does. */
  record Next(Manifest.Part part, long offset, long verified) {}

  private static final class Part {
    private final Manifest.Part part;
    private long offset;
    private long verified;
    private boolean whole;

    Part(Manifest.Part part) {
      this.part = part;
    }
  }
}
