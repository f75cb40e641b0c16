package org.heliograph.node.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at named steps (F2, its own side): nothing lost, doubled or half there. */
class KilledSpoolIT {
  private static final List<List<String>> STEPS =
      List.of(
          List.of("receive", "force", "incoming"),
          List.of("receive", "forceFolder", "instances"),
          List.of("receive", "force", "spool.journal"),
          List.of("prepare", "forceFolder", "previews"),
          List.of("prepare", "delete", "instances"),
          List.of("parcel", "force", "spool.journal"),
          List.of("receipt", "delete", "parcels"),
          List.of("prune", "force", "spool.journal"));

  @TempDir private Path folder;
  private final Map<String, String> stored = new HashMap<>();
  private final Map<String, String> recoded = new HashMap<>();
  private final Set<String> signed = new HashSet<>();

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void a_kill_at_any_step_loses_nothing_and_doubles_nothing() throws Exception {
    for (List<String> step : STEPS) {
      liveUntil(step);
      try (Spool spool =
          Spool.open(
              SpoolSettings.of(folder).withReserveBytes(0),
              DurableFiles.SYSTEM,
              InstantSource.system())) {
        check(spool);
      }
    }
    assertThat(stored).hasSizeGreaterThan(2 * STEPS.size());
  }

  private void liveUntil(List<String> step) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolProcess.class.getName(),
                folder.toString(),
                step.get(0),
                step.get(1),
                step.get(2))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean atStep = false;
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null && !atStep; line = said.readLine()) {
        atStep = line.equals("AT STEP");
        note(line.split(" "));
        if (atStep) {
          break;
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(atStep).as(step.toString()).isTrue();
  }

  private void note(String[] words) {
    switch (words[0]) {
      case "STORED" -> stored.put(words[1], words[2]);
      case "RECODED" -> recoded.put(words[1], words[2]);
      case "SIGNED" -> signed.add(words[1]);
      default -> {} // the log
    }
  }

  private void check(Spool spool) throws IOException {
    assertThat(spool.in(InstanceState.PARKED, 99)).isEmpty();
    assertThat(spool.damaged(99)).isEmpty();
    for (Map.Entry<String, String> each : stored.entrySet()) {
      SpooledInstance found = spool.bySopInstance(SopInstanceUid.of(each.getKey())).orElse(null);
      if (found == null) {
        assertThat(signed).contains(each.getKey());
      } else {
        assertThat(HexFormat.of().formatHex(Sha256.of(SpoolUse.dataset(spool.file(found)))))
            .isEqualTo(found.digest())
            .isIn(each.getValue(), Objects.requireNonNullElse(recoded.get(each.getKey()), ""));
      }
    }
    Set<String> uids = new HashSet<>();
    for (InstanceState state : InstanceState.values()) {
      for (SpooledInstance each : spool.in(state, 999)) {
        assertThat(uids.add(each.sopInstance().value().value())).isTrue();
        assertThat(spool.verify(each.id())).isTrue();
      }
    }
    assertThat(SpoolUse.files(folder.resolve("instances"))).isEqualTo(uids.size());
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }
}
