package org.heliograph.node.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.gateway.GatewaySettings.Commitment;
import org.heliograph.node.inbox.CaseBoard;
import org.heliograph.node.inbox.Inbox;
import org.heliograph.node.inbox.InboxSettings;
import org.heliograph.node.lan.CommitmentJournal;
import org.heliograph.node.lan.CommitmentSettings;
import org.heliograph.node.lan.SpooledInstances;
import org.heliograph.node.lan.StepQueue;
import org.heliograph.node.lan.WorklistCache;
import org.heliograph.node.spool.Spool;
import org.heliograph.node.spool.SpoolSettings;

/** All that a gateway keeps, under one lock. Opening it starts nothing. */
record Stores(
    GatewayLock lock,
    Spool spool,
    Inbox inbox,
    CaseBoard cases,
    StepQueue steps,
    WorklistCache worklist,
    CommitmentJournal commitments)
    implements AutoCloseable {

  /**
   * Opens what is there, and makes what is missing.
   *
   * @throws CommandException another process has it
   */
  static Stores open(GatewaySettings settings, InstantSource clock) throws IOException {
    Path folder = settings.folder();
    DurableFiles files = DurableFiles.SYSTEM;
    PrivateFiles.createFolder(folder);
    GatewayLock lock =
        GatewayLock.take(folder)
            .orElseThrow(() ->
                new CommandException(
                    ExitCode.CANNOT_START,
                    "Another gateway runs on the folder " + folder + ". Stop it first."));
    try (Closing closing = new Closing()) {
      closing.later(lock);
      AllowedCallers callers = new AllowedCallers(settings.dicom().callers());
      Spool spool =
          closing.later(
              Spool.open(
                  SpoolSettings.of(settings.spool().folder())
                      .withReserveBytes(settings.spool().reserveBytes())
                      .withUrgency(title -> callers.urgencyOf(title.value())),
                  files,
                  clock));
      Inbox inbox =
          closing.later(Inbox.open(folder.resolve("inbox"), files, clock, inboxSettings(settings)));
      Path lan = folder.resolve("lan");
      CaseBoard cases = closing.later(CaseBoard.open(folder.resolve("inbox"), files, clock));
      StepQueue steps = closing.later(StepQueue.open(lan, files, clock));
      WorklistCache worklist = closing.later(WorklistCache.open(lan, files, clock, steps));
      CommitmentJournal commitments =
          closing.later(
              CommitmentJournal.open(
                  lan,
                  files,
                  clock,
                  CommitmentSettings.defaults().given(given(settings.dicom().commitment())),
                  new SpooledInstances(spool),
                  title -> settings.dicom().address(title)));
      closing.keep();
      return new Stores(lock, spool, inbox, cases, steps, worklist, commitments);
    }
  }

  private static InboxSettings inboxSettings(GatewaySettings settings) {
    return InboxSettings.defaults(settings.dicom().aeTitle())
        .pacs(settings.back().pacs())
        .printFolder(settings.back().printFolder());
  }

  private static CommitmentSettings.Given given(Commitment commitment) {
    return switch (commitment) {
      case RECEIPT -> CommitmentSettings.Given.BY_THE_HUB;
      case SPOOLED -> CommitmentSettings.Given.BY_THE_GATEWAY;
    };
  }

  @Override
  public void close() throws IOException {
    try (Closing closing = new Closing()) {
      closing.later(lock);
      closing.later(spool);
      closing.later(inbox);
      closing.later(cases);
      closing.later(steps);
      closing.later(worklist);
      closing.later(commitments);
    }
  }
}
