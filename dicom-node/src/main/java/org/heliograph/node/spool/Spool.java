package org.heliograph.node.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.StudyInstanceUid;
import org.heliograph.dicom.durable.DurableFiles;
import org.heliograph.node.link.Receipt;
import org.heliograph.node.link.Urgency;
import org.heliograph.node.storage.IncomingInstance;
import org.heliograph.node.storage.InstanceSink;
import org.heliograph.node.storage.StoreOutcome;

/** Being built: the signatures that the other parts of the gateway are written against. */
@SuppressWarnings("DoNotCallSuggester") // until the bodies are there
public final class Spool implements InstanceSink, AutoCloseable {
  private Spool() {}

  /** Opens the spool and makes it where it is missing. */
  public static Spool open(SpoolSettings settings, DurableFiles files, InstantSource clock)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreOutcome receive(IncomingInstance incoming) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Copies a Part 10 file in; the caller may delete it afterwards.
   *
   * @param origin what stands for the sender: an AE title of the watch folder's own
   */
  public Added addFile(Path partTen, String origin) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Copies a photo or a PDF in; the caller may delete it afterwards. The same file for the same
   * patient is not kept twice while the spool has it.
   */
  public UUID addDocument(NewDocument document, Path file) throws IOException {
    throw new UnsupportedOperationException();
  }

  public Optional<SpooledInstance> find(UUID id) {
    throw new UnsupportedOperationException();
  }

  /** Not the quarantined ones. */
  public Optional<SpooledInstance> bySopInstance(SopInstanceUid uid) {
    throw new UnsupportedOperationException();
  }

  public Optional<SpooledDocument> document(UUID id) {
    throw new UnsupportedOperationException();
  }

  /** The oldest first. */
  public List<SpooledInstance> in(InstanceState state, int limit) {
    throw new UnsupportedOperationException();
  }

  /** The oldest first. */
  public List<SpooledDocument> documentsIn(InstanceState state, int limit) {
    throw new UnsupportedOperationException();
  }

  /** All that the spool has of a study, the oldest first, the quarantined ones apart. */
  public List<SpooledInstance> ofStudy(StudyInstanceUid study) {
    throw new UnsupportedOperationException();
  }

  /** The Part 10 file as it is sent on: the original, or the prepared one. */
  public Path file(SpooledInstance instance) {
    throw new UnsupportedOperationException();
  }

  public Path file(SpooledDocument document) {
    throw new UnsupportedOperationException();
  }

  /** A new name for a file that a preparer writes and {@link #prepared} takes over. */
  public Path newFile(SpooledInstance instance, String suffix) {
    throw new UnsupportedOperationException();
  }

  public Optional<Path> preview(SpooledInstance instance) {
    throw new UnsupportedOperationException();
  }

  public Optional<Path> preview(SpooledDocument document) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes over what was made of a received instance. Without effect if it is not {@link
   * InstanceState#RECEIVED} any more.
   */
  public void prepared(UUID id, Prepared prepared) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Sets an instance or a document aside for a person to look at. */
  public void parked(UUID id, String code) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Tries again what was parked: an instance, a document or a parcel. */
  public void retry(UUID id) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Whether the file is as it was written; if not, it is set aside and the instance is parked. */
  public boolean verify(UUID id) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes a parcel of prepared instances and documents. What is in its folder by then is durable.
   *
   * @throws IllegalStateException if one of them is not {@link InstanceState#PREPARED}
   */
  public void parcel(ParcelRecord parcel) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The oldest first, the parked ones too. */
  public List<ParcelRecord> openParcels() {
    throw new UnsupportedOperationException();
  }

  public Optional<ParcelRecord> parcel(UUID parcel) {
    throw new UnsupportedOperationException();
  }

  /** A folder for a parcel's manifest and bundles; there until the parcel is closed. */
  public Path parcelFolder(UUID parcel) throws IOException {
    throw new UnsupportedOperationException();
  }

  public void announced(UUID parcel) throws IOException {
    throw new UnsupportedOperationException();
  }

  public void partWhole(UUID parcel, int part) throws IOException {
    throw new UnsupportedOperationException();
  }

  public void partWanted(UUID parcel, int part) throws IOException {
    throw new UnsupportedOperationException();
  }

  public void parkedParcel(UUID parcel, String code) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Gives a parcel up: what is not confirmed waits for another one. */
  public void dissolve(UUID parcel) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Applies one receipt; one whose signature is wrong changes nothing. */
  public void receipt(Receipt receipt, boolean signatureIsRight) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Applies receipts whose signatures are right, all with one force. */
  public void receipts(Collection<Receipt> receipts) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Sets how soon a study is read; also for what comes later, and for its open parcels. */
  public void urgent(StudyInstanceUid study, Urgency urgency) throws IOException {
    throw new UnsupportedOperationException();
  }

  public Optional<String> note(String key) {
    throw new UnsupportedOperationException();
  }

  /** Keeps a small fact. */
  public void note(String key, String value) throws IOException {
    throw new UnsupportedOperationException();
  }

  public SpoolTotals totals() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Those that something came for last first. */
  public List<StudyProgress> studies() {
    throw new UnsupportedOperationException();
  }

  /** Files that were set aside, the newest first. */
  public List<DamagedFile> damaged(int limit) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Removes confirmed files; never what is not confirmed. */
  public int prune(PrunePolicy policy) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Is told after every change, on any thread; it must be quick. */
  public void onChange(Runnable listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
