package org.heliograph.node.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.heliograph.dicom.durable.DurableFiles;

/**
 * Puts the PDF of a report into a folder, once: whoever prints may take it away at any moment. The
 * file is written under a hidden name; that name is gone exactly when the file got its own.
 */
final class PrintDelivery {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LONGEST_NUMBER = 32;

  private final Inbox inbox;
  private final InboxSettings settings;
  private final DurableFiles files;

  /** The folder is not there, or is not one of ours to write. */
  static final class NoFolderException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  PrintDelivery(Inbox inbox, InboxSettings settings, DurableFiles files) {
    this.inbox = inbox;
    this.settings = settings;
    this.files = files;
  }

  void place(InboxReport report, Delivery delivery) throws IOException {
    Path folder = settings.printFolder();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoFolderException();
    }
    Path hidden = folder.resolve("." + report.id() + ".part");
    if (delivery.state() != Delivery.State.PLACING) {
      files.delete(hidden);
      copy(inbox.file(report, ReportForm.PDF), hidden);
      files.forceFolder(folder);
      inbox.change(report.id(), each -> each.with(Delivery.Place.PRINT, Delivery::placing));
    }
    if (Files.exists(hidden)) {
      files.rename(hidden, folder.resolve(name(report)));
      files.forceFolder(folder);
    }
  }

  /** Of the date, the case and a part of our own id; no name of a patient, nothing of a path. */
  private String name(InboxReport report) {
    String number = report.told().caseNumber().replaceAll("[^A-Za-z0-9-]", "");
    return LocalDate.ofInstant(report.told().signedAt(), settings.zone())
        + "_"
        + number.substring(0, Math.min(number.length(), LONGEST_NUMBER))
        + "_"
        + report.id().toString().substring(0, 8)
        + ".pdf";
  }

  private void copy(Path from, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(from);
        var channel = files.create(to)) {
      var buffer = new byte[BUFFER_BYTES];
      int count;
      while ((count = in.read(buffer)) >= 0) {
        files.write(channel, ByteBuffer.wrap(buffer, 0, count));
      }
      files.force(channel);
    }
  }
}
