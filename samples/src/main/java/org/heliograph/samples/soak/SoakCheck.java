package org.heliograph.samples.soak;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.heliograph.dicom.data.Uids;
import org.heliograph.samples.demo.HubClient;
import org.heliograph.samples.gateway.HubBox;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks for every acknowledged image at the hub.
 *
 * @param lost acknowledged by the gateway, not at the hub
 * @param changed at the hub with other pixels
 * @param doubled at the hub more than once
 * @param quarantined kept apart by the hub, though no image was ever sent in two forms
 */
record SoakCheck(int acknowledged, int lost, int changed, int doubled, int quarantined) {
  boolean isGood() {
    return lost + changed + doubled + quarantined == 0;
  }

  static SoakCheck of(HubBox hub, long seed, BitSet acknowledged) throws IOException {
    JdbcClient sql = JdbcClient.create(hub.dataSource());
    Map<String, Integer> rows = new HashMap<>();
    sql.sql("select sop_instance_uid from archive.instance")
        .query(String.class)
        .list()
        .forEach(uid -> rows.merge(uid, 1, Integer::sum));
    int quarantined =
        sql.sql("select count(*) from archive.quarantine").query(Integer.class).single();
    int lost = 0;
    int changed = 0;
    try (HubClient client = hub.coordinator()) {
      for (int n = acknowledged.nextSetBit(0); n >= 0; n = acknowledged.nextSetBit(n + 1)) {
        var image = new SoakImage(seed, n);
        if (!rows.containsKey(image.instance())) {
          lost++;
        } else if (!image.pixelDigest().equals(stored(client, image))) {
          changed++;
        }
      }
    }
    int doubled = (int) rows.values().stream().filter(count -> count > 1).count();
    return new SoakCheck(acknowledged.cardinality(), lost, changed, doubled, quarantined);
  }

  /** The digest of the one frame, decoded by the hub if it came compressed. */
  private static String stored(HubClient client, SoakImage image) throws IOException {
    var answer =
        client.get(
            "/dicomweb/studies/%s/series/%s/instances/%s/frames/1"
                .formatted(image.study(), image.series(), image.instance()),
            "multipart/related; type=\"application/octet-stream\"; transfer-syntax="
                + Uids.ExplicitVrLittleEndian);
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    byte[] body = answer.body();
    int start = after(body, "\r\n\r\n");
    String boundary =
        new String(body, 0, after(body, "\r\n") - 2, java.nio.charset.StandardCharsets.US_ASCII);
    int end = body.length - ("\r\n" + boundary + "--").length();
    while (end > start && !startsWith(body, end, "\r\n" + boundary)) {
      end--;
    }
    return SoakImage.sha256(body, start, end - start);
  }

  private static int after(byte[] body, String mark) {
    for (int i = 0; i <= body.length - mark.length(); i++) {
      if (startsWith(body, i, mark)) {
        return i + mark.length();
      }
    }
    return 0;
  }

  private static boolean startsWith(byte[] body, int at, String mark) {
    for (int i = 0; i < mark.length(); i++) {
      if (at + i >= body.length || body[at + i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
