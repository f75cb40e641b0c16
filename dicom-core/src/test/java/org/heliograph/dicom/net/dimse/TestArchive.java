package org.heliograph.dicom.net.dimse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetSource;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.SopInstanceUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Vr;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.net.dimse.RetrieveHandler.MoveDestination;
import org.heliograph.dicom.net.dimse.RetrieveHandler.Retrieval;

/** A small archive in memory behind all the services; it matches Study Instance UIDs only. */
final class TestArchive {
  record Held(StoredInstance instance, Dataset header) {}

  final List<Held> held = new CopyOnWriteArrayList<>();
  final List<StoreRequest> stores = new CopyOnWriteArrayList<>();
  final Map<String, Integer> destinations = new ConcurrentHashMap<>();

  DimseServices.Builder services() {
    return DimseServices.builder()
        .store(this::store)
        .find(
            this::find,
            sopClass(InformationModel.PATIENT_ROOT.find()),
            sopClass(InformationModel.STUDY_ROOT.find()),
            sopClass(InformationModel.MODALITY_WORKLIST.find()))
        .move(
            this::retrieve,
            this::open,
            sopClass(InformationModel.PATIENT_ROOT.move()),
            sopClass(InformationModel.STUDY_ROOT.move()))
        .get(
            this::retrieve,
            sopClass(InformationModel.PATIENT_ROOT.get()),
            sopClass(InformationModel.STUDY_ROOT.get()));
  }

  private static SopClassUid sopClass(Optional<SopClassUid> uid) {
    return uid.orElseThrow();
  }

  /** A small image of a study. */
  static Dataset image(String study, String sopInstance) {
    return Dataset.builder()
        .string(Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7")
        .string(Tag.SOPInstanceUID, sopInstance)
        .string(Tag.StudyDate, "20261121")
        .string(Tag.Modality, "OT")
        .string(Tag.PatientName, "Doe^Jane")
        .string(Tag.PatientID, "P-1")
        .string(Tag.StudyInstanceUID, study)
        .string(Tag.SeriesInstanceUID, study + ".1")
        .string(Tag.StudyID, "1")
        .string(Tag.SeriesNumber, "1")
        .string(Tag.InstanceNumber, "1")
        .integer(Tag.SamplesPerPixel, 1)
        .string(Tag.PhotometricInterpretation, "MONOCHROME2")
        .integer(Tag.Rows, 64)
        .integer(Tag.Columns, 64)
        .integer(Tag.BitsAllocated, 8)
        .integer(Tag.BitsStored, 8)
        .integer(Tag.HighBit, 7)
        .integer(Tag.PixelRepresentation, 0)
        .bytes(Tag.PixelData, Vr.OW, new byte[64 * 64])
        .build();
  }

  /** The instance in memory, as its own transfer syntax has it. */
  static StoredInstance stored(Dataset dataset, String syntax) throws IOException {
    var out = new ByteArrayOutputStream();
    DicomWriter.writeDataset(out, TransferSyntax.of(syntax), dataset, BulkSource.NONE);
    return new StoredInstance(
        SopClassUid.of(dataset.string(Tag.SOPClassUID).orElseThrow()),
        SopInstanceUid.of(dataset.string(Tag.SOPInstanceUID).orElseThrow()),
        TransferSyntaxUid.of(syntax),
        DatasetSource.of(out.toByteArray()));
  }

  void add(Dataset dataset, String syntax) throws IOException {
    held.add(new Held(stored(dataset, syntax), dataset));
  }

  /** A Part 10 file of an instance. */
  static Path file(Path folder, StoredInstance instance) throws IOException {
    var file = folder.resolve(instance.sopInstance().value().value() + ".dcm");
    try (var out = Files.newOutputStream(file);
        var in = instance.dataset().open()) {
      DicomWriter.writeFileMeta(
          out,
          DicomWriter.fileMeta(
              instance.sopClass(), instance.sopInstance(), instance.transferSyntax()),
          TransferSyntax.of(instance.transferSyntax()));
      in.transferTo(out);
    }
    return file;
  }

  DimseStatus store(StoreRequest request, InputStream in) throws IOException {
    var bytes = in.readAllBytes();
    var header =
        DicomReader.readDataset(
                new ByteArrayInputStream(bytes),
                TransferSyntax.of(request.transferSyntax()),
                ReadOptions.inMemory(1 << 20))
            .dataset();
    stores.add(request);
    held.add(
        new Held(
            new StoredInstance(
                request.sopClass(),
                request.sopInstance(),
                request.transferSyntax(),
                DatasetSource.of(bytes)),
            header));
    return DimseStatus.SUCCESS;
  }

  private Stream<Held> matching(Dataset keys) {
    var studies = keys.strings(Tag.StudyInstanceUID);
    return held.stream()
        .filter(each ->
            studies.isEmpty() || studies.contains(each.header().string(Tag.StudyInstanceUID, "")));
  }

  /** Every matching instance, with the attributes that the keys name. */
  private FindHandler.Matches find(FindHandler.Request request) {
    var matches = new ArrayList<Dataset>();
    matching(request.keys())
        .forEach(each -> {
          var match = Dataset.builder();
          for (var key : request.keys()) {
            if (each.header().contains(key.tag())) {
              match.element(each.header().get(key.tag()).orElseThrow());
            } else {
              match.element(key);
            }
          }
          matches.add(match.build());
        });
    return FindHandler.Matches.of(matches);
  }

  private Retrieval retrieve(RetrieveHandler.Request request) {
    return Retrieval.of(matching(request.keys()).map(Held::instance).toList());
  }

  private MoveDestinations.Sender open(
      RetrieveHandler.Request request, MoveDestination destination, Retrieval retrieval)
      throws IOException {
    var port = destinations.get(destination.aeTitle().value());
    if (port == null) {
      throw new DimseException(DimseStatus.MOVE_DESTINATION_UNKNOWN);
    }
    return StorageSender.open(
        StorageScu.to("127.0.0.1", port, TestScp.TITLE, destination.aeTitle()),
        retrieval,
        request.invocation().priority());
  }
}
