package org.heliograph.node.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.heliograph.node.link.HubMessage;
import org.heliograph.node.link.Messages;

/** A hub in memory: messages, and reports by form; it can be away, slow, and lie. */
class StandInHub implements HubMessages {
  final List<HubMessage> outbox = new ArrayList<>();
  final Map<String, byte[]> forms = new ConcurrentHashMap<>();
  final List<Long> acknowledged = new ArrayList<>();
  final List<String> ranges = new ArrayList<>();
  volatile boolean away;

  /** How many bytes of reports come through before the link breaks; -1 for all. */
  volatile long bytesLeft = -1;

  @Override
  public synchronized Messages after(long after, Duration wait)
      throws IOException, InterruptedException {
    if (away) {
      throw new IOException("away");
    }
    acknowledged.add(after);
    return new Messages(
        outbox.stream().filter(each -> each.sequence() > after).toList(),
        Instant.parse("2026-11-21T08:00:00Z"),
        "w1",
        "c1");
  }

  @Override
  public synchronized byte[] report(UUID delivery, String form, long from, int length)
      throws IOException, InterruptedException {
    if (away) {
      throw new IOException("away");
    }
    byte[] whole = forms.get(delivery + "/" + form);
    if (whole == null) {
      throw new NoSuchReportException();
    }
    int end = (int) Math.min(whole.length, from + length);
    if (bytesLeft >= 0) {
      if (end - from > bytesLeft) {
        bytesLeft = -1;
        away = true;
        throw new IOException("cut");
      }
      bytesLeft -= end - from;
    }
    ranges.add(form + " " + from + "-" + end);
    return Arrays.copyOfRange(whole, (int) Math.min(from, whole.length), end);
  }

  /** Has a report of these forms and tells of it. */
  synchronized HubMessage.ReportReady tell(Map<String, byte[]> content) {
    UUID delivery = UUID.randomUUID();
    List<HubMessage.Form> told = new ArrayList<>();
    content.forEach((form, bytes) -> {
      forms.put(delivery + "/" + form, bytes);
      told.add(new HubMessage.Form(form, bytes.length, digest(bytes)));
    });
    var ready = ready(outbox.size() + 1, delivery, told);
    outbox.add(ready);
    return ready;
  }

  static HubMessage.ReportReady ready(long sequence, UUID delivery, List<HubMessage.Form> forms) {
    return new HubMessage.ReportReady(
        sequence,
        delivery,
        UUID.randomUUID(),
        "HG-2026/00" + sequence,
        List.of("2.25.1000"),
        "Müller^Änne",
        "P-1",
        "Diagnostic Imaging Report",
        Instant.parse("2026-11-20T23:30:00Z"),
        forms);
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] pdf(int size) {
    byte[] pdf = new byte[size];
    Arrays.fill(pdf, (byte) ' ');
    byte[] head = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, pdf, 0, head.length);
    for (int i = head.length; i < size; i++) {
      pdf[i] = (byte) (i * 31 + i / 251);
    }
    return pdf;
  }
}
