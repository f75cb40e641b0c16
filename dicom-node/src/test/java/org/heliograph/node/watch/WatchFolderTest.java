package org.heliograph.node.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.spool.NewDocument;
import org.heliograph.node.storage.StoreOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFolderTest {
  private static final String CASE = "patient-id = 1\npatient-name = A^B\nurgency = emergency\n";

  @TempDir Path temp;

  private final List<String> instances = new CopyOnWriteArrayList<>();
  private final List<NewDocument> documents = new CopyOnWriteArrayList<>();
  private final List<Long> previewBytes = new ArrayList<>();
  private StoreOutcome outcome = new StoreOutcome.Stored();
  private boolean diskFull;
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final InstantSource clock = () -> now;
  private Path root = Path.of("");
  private FolderLook look = new FolderLook(settings(Path.of("")), sink(), clock, ZoneOffset.UTC);

  @BeforeEach
  void begin() throws IOException {
    root = Files.createDirectories(temp.resolve("watched"));
    look = new FolderLook(settings(root), sink(), clock, ZoneOffset.UTC);
  }

  private WatchSettings settings(Path folder) {
    return new WatchSettings(
        folder,
        temp == null ? folder : temp,
        Urgency.ROUTINE,
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        60_000);
  }

  private WatchSink sink() {
    return new WatchSink() {
      @Override
      public StoreOutcome instance(Path file, Urgency urgency) throws IOException {
        if (diskFull) {
          throw new IOException("no space");
        }
        instances.add(file.getFileName() + " " + urgency);
        return outcome;
      }

      @Override
      public void document(NewDocument document, Path file) throws IOException {
        if (diskFull) {
          throw new IOException("no space");
        }
        documents.add(document);
        Path preview = document.preview();
        if (preview != null) {
          previewBytes.add(Files.size(preview));
        }
      }
    };
  }

  private FolderLook.Result after(Duration time) throws IOException {
    now = now.plus(time);
    return look.look();
  }

  private void twoLooks() throws IOException {
    look.look();
    after(Duration.ofSeconds(2));
  }

  private Path put(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    return Files.write(file, content);
  }

  private void put(String name, String content) throws IOException {
    put(name, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static byte[] dicom() {
    byte[] file = new byte[400];
    System.arraycopy(new byte[] {'D', 'I', 'C', 'M'}, 0, file, 128, 4);
    return file;
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
    return out.toByteArray();
  }

  private List<String> files(String under) throws IOException {
    Path folder = root.resolve(under);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(p -> folder.relativize(p).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private String reason(String file) throws IOException {
    return Files.readString(root.resolve("refused/2026-11-21/" + file + ".txt"));
  }

  @Test
  void a_file_is_taken_once_it_did_not_change_between_two_looks() throws IOException {
    put("deep/in/it/a.dcm", dicom());
    put("IM0001", dicom());
    look.look();
    assertThat(instances).isEmpty();
    put("IM0001", new byte[500]);

    after(Duration.ofSeconds(2));

    assertThat(instances).containsExactly("a.dcm ROUTINE");
    assertThat(files("done")).containsExactly("2026-11-21/deep/in/it/a.dcm");
    assertThat(files("refused")).isEmpty();
    assertThat(root.resolve("IM0001")).exists();
  }

  @Test
  void photos_and_pdfs_go_with_what_the_case_file_says() throws IOException {
    put("case/overview.jpg", jpeg(3000, 2000));
    put("case/letter.PDF", "%PDF-1.7\n...%%EOF\n");
    put("case/scan.dcm", dicom());
    put("case/case.properties", CASE + "view.overview.jpg = landmark\n");
    twoLooks();

    assertThat(documents)
        .extracting(NewDocument::mediaType)
        .containsExactlyInAnyOrder("image/jpeg", "application/pdf");
    assertThat(documents).allMatch(d -> d.urgency() == Urgency.EMERGENCY);
    assertThat(documents)
        .extracting(d -> d.study().studyInstanceUid())
        .containsOnly(documents.getFirst().study().studyInstanceUid());
    assertThat(documents).extracting(NewDocument::view).containsExactlyInAnyOrder("LANDMARK", "");
    assertThat(previewBytes).hasSize(1).allMatch(b -> b <= 60_000);
    assertThat(instances).containsExactly("scan.dcm EMERGENCY");
    assertThat(files("done")).hasSize(3);
    assertThat(root.resolve("case/case.properties")).exists();
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).as("no preview stays behind").containsExactly(root);
    }
  }

  @Test
  void a_case_file_goes_when_its_case_is_over_also_after_a_restart() throws IOException {
    put("case.properties", CASE);
    put("a.png", png());
    twoLooks();
    assertThat(documents).hasSize(1);

    look = new FolderLook(settings(root), sink(), clock, ZoneOffset.UTC);
    twoLooks();
    assertThat(root.resolve("case.properties")).exists();
    after(Duration.ofMinutes(2));

    assertThat(root.resolve("case.properties")).doesNotExist();
    put("b.png", png());
    twoLooks();
    assertThat(documents).as("not the next patient's").hasSize(1);
    after(Duration.ofMinutes(10));
    assertThat(reason("b.png")).contains("whose this is").contains("case.properties");
  }

  private static byte[] png() throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(900, 700, BufferedImage.TYPE_INT_ARGB), "png", out);
    return out.toByteArray();
  }

  @Test
  void what_cannot_be_taken_is_moved_with_a_reason_in_plain_words() throws IOException {
    put("notes.docx", "PK....");
    put("empty.dcm", new byte[0]);
    put("IMG_1.HEIC", "\0\0\0\u0018ftypheic\0\0\0\0mif1heic");
    put("cut.jpg", java.util.Arrays.copyOf(jpeg(900, 700), 600));
    put("x/case.properties", "patient-name = A\nsex = perhaps\nid = 1");
    put("x/photo.png", png());
    Path outside = Files.writeString(temp.resolve("secret.dcm"), "secret");
    Files.createSymbolicLink(root.resolve("link.dcm"), outside);
    Files.createSymbolicLink(root.resolve("folder-link"), temp);
    twoLooks();

    assertThat(reason("IMG_1.HEIC")).contains("most compatible");
    assertThat(reason("link.dcm")).contains("link");
    assertThat(reason("x/photo.png")).contains("sex is F, M or O");
    assertThat(reason("x/case.properties")).contains("sex is F, M or O");
    assertThat(root.resolve("cut.jpg")).exists();

    after(Duration.ofMinutes(10));

    assertThat(reason("cut.jpg")).contains("not complete");
    assertThat(reason("empty.dcm")).contains("empty");
    assertThat(reason("notes.docx")).contains("neither a DICOM file");
    assertThat(outside).hasContent("secret");
    assertThat(instances).isEmpty();
    assertThat(documents).isEmpty();
  }

  @Test
  void a_truncated_dicom_file_gets_time_to_become_whole() throws IOException {
    outcome = new StoreOutcome.CannotUnderstand("cut");
    put("a.dcm", dicom());
    twoLooks();
    assertThat(root.resolve("a.dcm")).exists();
    outcome = new StoreOutcome.Stored();
    put("a.dcm", new byte[0]);
    put("a.dcm", java.util.Arrays.copyOf(dicom(), 900));
    twoLooks();
    assertThat(files("done")).hasSize(1);

    outcome = new StoreOutcome.CannotUnderstand("cut");
    put("b.dcm", dicom());
    look.look();
    after(Duration.ofMinutes(10));
    assertThat(reason("b.dcm")).contains("cannot be read");
  }

  @Test
  void nothing_moves_while_the_disk_is_full_and_all_goes_on_afterwards() throws IOException {
    diskFull = true;
    put("case.properties", CASE);
    put("a.png", png());
    put("a.dcm", dicom());
    twoLooks();
    outcome = new StoreOutcome.OutOfResources("full");
    diskFull = false;
    put("b.dcm", dicom());
    twoLooks();
    assertThat(files("refused")).isEmpty();
    assertThat(root.resolve("a.dcm")).exists();
    outcome = new StoreOutcome.Stored();

    after(Duration.ofSeconds(2));

    assertThat(files("done")).hasSize(3);
  }

  @Test
  void equal_names_do_not_replace_each_other() throws IOException {
    for (int i = 0; i < 3; i++) {
      put("a.dcm", dicom());
      twoLooks();
    }

    assertThat(files("done"))
        .containsExactly("2026-11-21/a (2).dcm", "2026-11-21/a (3).dcm", "2026-11-21/a.dcm");
  }

  @Test
  void hidden_and_unfinished_files_are_left_alone() throws IOException {
    put(".DS_Store", "x");
    put("a.dcm.part", dicom());
    put("Thumbs.db", "x");
    look.look();
    after(Duration.ofHours(1));

    assertThat(files("done")).isEmpty();
    assertThat(files("refused")).isEmpty();
  }

  @Test
  void a_clock_that_is_set_back_only_delays() throws IOException {
    put("a.dcm", dicom());
    look.look();
    after(Duration.ofHours(-1));
    assertThat(instances).isEmpty();

    after(Duration.ofSeconds(2));

    assertThat(instances).hasSize(1);
  }

  @Test
  void it_watches_by_itself_and_ends() throws IOException {
    var quick =
        new WatchSettings(
            root.resolve("not/there/yet"),
            temp,
            Urgency.URGENT,
            Duration.ofMillis(20),
            Duration.ofMinutes(10),
            Duration.ofMillis(200),
            60_000);
    WatchFolder folder = WatchFolder.start(quick, sink(), InstantSource.system(), ZoneOffset.UTC);
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.isDirectory(quick.folder()));
      Files.write(quick.folder().resolve("a.dcm"), dicom());

      await().atMost(Duration.ofSeconds(20)).until(() -> instances.contains("a.dcm URGENT"));
    } finally {
      folder.close();
    }
  }
}
