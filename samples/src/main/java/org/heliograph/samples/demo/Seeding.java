package org.heliograph.samples.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.heliograph.samples.skin.SkinPhoto;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fills the hub from outside, as its users do: requests over the HTTP API, photos by resumable
 * upload, X-rays by C-STORE, one report as the radiologist. What an earlier run has done is found
 * by listing the clinic's cases; what it left unfinished is finished.
 */
final class Seeding {
  private static final Set<String> AWAITS_IMAGES = Set.of("SUBMITTED", "RECEIVING");

  private final Supplier<HubClient> clients;
  private final DicomSender sender;
  private final Waiting waiting;
  private final Consumer<String> progress;

  Seeding(
      Supplier<HubClient> clients, DicomSender sender, Waiting waiting, Consumer<String> progress) {
    this.clients = clients;
    this.sender = sender;
    this.waiting = waiting;
    this.progress = progress;
  }

  /** Sends what is missing, and waits until all of it can be read. */
  void run() throws IOException {
    for (DemoClinic clinic : DemoClinic.values()) {
      try (HubClient nurse = clients.get()) {
        nurse.signIn(clinic.nurse(), DemoPerson.PASSWORD);
        seed(clinic, nurse);
      }
    }
  }

  private void seed(DemoClinic clinic, HubClient nurse) throws IOException {
    List<JsonNode> present = nurse.all("/api/cases");
    Instant anyCase = Instant.EPOCH;
    for (DemoCase demo : DemoCase.all()) {
      if (demo.clinic() == clinic) {
        JsonNode made = find(nurse, present, demo).orElseGet(() -> create(nurse, demo));
        JsonNode sent = finish(nurse, demo, made);
        anyCase = Instant.parse(sent.path("createdAt").asString());
        if (demo.equals(DemoCases.REPORTED)) {
          report(nurse, sent.path("id").asString());
        }
      }
    }
    DemoCase bare = DemoCases.WITHOUT_REQUEST;
    if (bare.clinic() == clinic && find(nurse, present, bare).isEmpty()) {
      progress.accept(bare.title() + ", without a request");
      // The time of another case, so that a second attempt sends the same bytes.
      sendXray(bare, anyCase);
      waiting.until(
          "the X-ray without a request",
          () -> find(nurse, nurse.all("/api/cases"), bare).isPresent());
    }
  }

  private static Optional<JsonNode> find(HubClient nurse, List<JsonNode> cases, DemoCase demo) {
    String name = demo.patient().familyName();
    String latin = demo.patient().latin().replaceFirst("\\^.*", "");
    Function<JsonNode, Boolean> mayBe =
        summary -> {
          String shown = summary.path("patient").path("name").asString("");
          return shown.startsWith(name) || (!latin.isEmpty() && shown.startsWith(latin));
        };
    return cases.stream()
        .filter(mayBe::apply)
        .map(summary -> nurse.get("/api/cases/" + summary.path("id").asString()))
        .filter(demo::isOf)
        .reduce((newer, older) -> older);
  }

  private JsonNode create(HubClient nurse, DemoCase demo) {
    progress.accept(demo.title());
    return nurse.post("/api/cases", demo.form(referrer(nurse, demo.clinic())));
  }

  private static @Nullable String referrer(HubClient nurse, DemoClinic clinic) {
    if (clinic != DemoClinic.DEMO_CLINIC_A) {
      return null;
    }
    JsonNode found = nurse.get("/api/referrers?q=Kamau");
    return found.isEmpty() ? null : found.get(0).path("id").asString();
  }

  private JsonNode finish(HubClient nurse, DemoCase demo, JsonNode made) throws IOException {
    String path = "/api/cases/" + made.path("id").asString();
    if (made.path("state").asString().equals("DRAFT")) {
      if (demo.pictures() instanceof DemoPictures.Photos photos) {
        upload(nurse, made, photos);
      }
      JsonNode now = nurse.get(path);
      nurse.post(path + "/submit", Map.of("version", now.path("version").asLong()));
    }
    JsonNode now = nurse.get(path);
    if (demo.pictures() instanceof DemoPictures.Xray
        && AWAITS_IMAGES.contains(now.path("state").asString())
        && now.path("imageCount").asInt() == 0) {
      sendXray(demo, Instant.parse(now.path("createdAt").asString()));
      waiting.until(
          "an X-ray to reach its case", () -> nurse.get(path).path("imageCount").asInt() > 0);
    }
    return nurse.get(path);
  }

  private void sendXray(DemoCase demo, Instant requestedAt) throws IOException {
    LocalDateTime takenAt =
        LocalDateTime.ofInstant(
            requestedAt.truncatedTo(ChronoUnit.MINUTES), demo.clinic().offset());
    sender.send(demo, (DemoPictures.Xray) demo.pictures(), takenAt);
  }

  private static void upload(HubClient nurse, JsonNode made, DemoPictures.Photos photos)
      throws IOException {
    Set<String> there = new HashSet<>();
    made.path("photos").forEach(photo -> there.add(photo.path("view").asString("")));
    for (SkinPhoto.View view : photos.views()) {
      if (!there.contains(view.name())) {
        var photo = new SkinPhoto(photos.tone(), photos.lesion(), view, photos.seed());
        String file = view.name().toLowerCase(Locale.ROOT) + ".jpg";
        nurse.upload(made.path("id").asString(), view.name(), file, jpeg(photo.image()));
      }
    }
  }

  /** As the radiologist: takes the case, writes, signs. Only if nobody has begun otherwise. */
  private void report(HubClient nurse, String id) throws IOException {
    String path = "/api/cases/" + id;
    String state = nurse.get(path).path("state").asString();
    if (!AWAITS_IMAGES.contains(state)
        && !Set.of("WAITING", "CLAIMED", "REPORTED").contains(state)) {
      return;
    }
    progress.accept("the radiologist reads and signs one of them");
    waiting.until(
        "the case to be complete",
        () -> !AWAITS_IMAGES.contains(nurse.get(path).path("state").asString()));
    try (HubClient radiologist = clients.get()) {
      radiologist.signIn(DemoPerson.RADIOLOGIST.login(), DemoPerson.PASSWORD);
      if (radiologist.get(path).path("state").asString().equals("WAITING")) {
        radiologist.post(path + "/claim", Map.of());
      }
      if (!radiologist.get(path).path("state").asString().equals("REPORTED")) {
        radiologist.put(
            path + "/report/draft",
            Map.of("version", reportVersion(radiologist, path), "sections", DemoCases.REPORT));
      }
      radiologist.post(
          path + "/report/sign",
          Map.of("version", reportVersion(radiologist, path), "password", DemoPerson.PASSWORD));
    }
  }

  private static long reportVersion(HubClient radiologist, String path) {
    return radiologist.get(path + "/report").path("version").asLong();
  }

  static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var bytes = new ByteArrayOutputStream();
        var out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(0.92f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
      out.flush();
      return bytes.toByteArray();
    } finally {
      writer.dispose();
    }
  }
}
