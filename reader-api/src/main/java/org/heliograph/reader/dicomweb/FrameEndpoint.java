package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.retrieve.NoSuchFrameException;
import org.heliograph.archive.retrieve.StoredFrame;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** WADO-RS frames (PS3.18 10.4.1.1.6). */
@RestController
@RequestMapping("/dicomweb/studies/{study}/series/{series}/instances/{instance}/frames")
class FrameEndpoint {
  private static final Pattern FRAMES = Pattern.compile("\\d{1,9}(,\\d{1,9}){0,4999}");

  private final VisibleInstances visible;
  private final Archive archive;

  FrameEndpoint(VisibleInstances visible, Archive archive) {
    this.visible = visible;
    this.archive = archive;
  }

  /** All frames: where the metadata's address of encapsulated pixel data leads. */
  @GetMapping
  void allFrames(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    StoredInstance stored = visible.one(study, series, instance, "frames");
    write(stored, IntStream.rangeClosed(1, stored.numberOfFrames()), "all", request, response);
  }

  @GetMapping("/{list}")
  void frames(
      @PathVariable("study") String study,
      @PathVariable("series") String series,
      @PathVariable("instance") String instance,
      @PathVariable("list") String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    int[] numbers = numbers(list);
    StoredInstance stored = visible.one(study, series, instance, "frames");
    write(stored, Arrays.stream(numbers), list, request, response);
  }

  /** The frames of a list such as {@code 1,3,4}. */
  static int[] numbers(String list) {
    if (!FRAMES.matcher(list).matches()) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME);
    }
    return Arrays.stream(list.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private void write(
      StoredInstance stored,
      IntStream numbers,
      String list,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    List<StoredFrame> frames = find(stored, numbers.toArray());
    FrameAnswer answer =
        FrameAnswer.choose(AcceptedMedia.parse(request.getHeader("Accept")), stored, frames.size());
    if (Unchanged.since(request, response, List.of(stored), list + answer)) {
      return;
    }
    List<FramePart> parts = parts(stored, frames, answer);
    if (answer.multipart()) {
      MultipartRelated.write(response, answer.mediaType(), parts);
    } else {
      MultipartRelated.writeSingle(response, parts.getFirst());
    }
  }

  /** Frames that are made anew are made when it is their turn: one of a list is in memory. */
  private List<FramePart> parts(StoredInstance stored, List<StoredFrame> frames, FrameAnswer answer)
      throws IOException {
    String type = answer.contentType();
    if (answer.form() == FrameAnswer.Form.AS_STORED) {
      return frames.stream()
          .map(frame -> new FramePart(type, frame.byteCount(), frame::open))
          .toList();
    }
    Dataset header = archive.retrieve().header(stored);
    byte[] first = FrameRecoding.bytes(stored, header, frames.getFirst(), answer);
    boolean sameSize = answer.form() == FrameAnswer.Form.DECODED;
    List<FramePart> parts = new ArrayList<>(frames.size());
    for (StoredFrame frame : frames) {
      boolean isFirst = parts.isEmpty();
      parts.add(
          new FramePart(
              type,
              sameSize || isFirst ? first.length : MultipartRelated.UNKNOWN,
              () -> {
                byte[] bytes = isFirst ? first : FrameRecoding.bytes(stored, header, frame, answer);
                if (sameSize && bytes.length != first.length) {
                  throw new IOException("frames of different sizes");
                }
                return new ByteArrayInputStream(bytes);
              }));
    }
    return parts;
  }

  private List<StoredFrame> find(StoredInstance stored, int[] numbers) {
    List<StoredFrame> frames = new ArrayList<>(numbers.length);
    try {
      for (int number : numbers) {
        frames.add(archive.retrieve().frame(stored, number));
      }
    } catch (NoSuchFrameException e) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME, e);
    }
    if (frames.isEmpty()) {
      throw new ProblemException(ProblemCode.NO_SUCH_FRAME);
    }
    return frames;
  }
}
