package org.heliograph.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.DatasetVisitor;
import org.heliograph.dicom.data.Dictionary;
import org.heliograph.dicom.data.SopClassUid;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.TransferSyntax;
import org.heliograph.dicom.data.TransferSyntaxUid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.dicom.deid.DeidentificationKey;
import org.heliograph.dicom.deid.Deidentifier;
import org.heliograph.dicom.deid.Option;
import org.heliograph.dicom.deid.Profile;
import org.heliograph.dicom.io.BulkSource;
import org.heliograph.dicom.io.DicomReader;
import org.heliograph.dicom.io.DicomWriter;
import org.heliograph.dicom.io.ParsedObject;
import org.heliograph.dicom.io.ReadOptions;
import org.heliograph.dicom.json.DicomJson;
import org.heliograph.dicom.media.DicomDir;
import org.heliograph.dicom.media.DicomDirWriter;
import org.heliograph.dicom.media.DirectoryRecord;
import org.heliograph.dicom.media.FileId;
import org.heliograph.dicom.net.dimse.DimseScp;
import org.heliograph.dicom.net.dimse.DimseServices;
import org.heliograph.dicom.net.dimse.DimseStatus;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.dicom.net.dimse.RetrieveResult;
import org.heliograph.dicom.net.dimse.StorageScu;
import org.heliograph.dicom.net.dimse.StoreHandler;
import org.heliograph.dicom.net.dimse.StoredInstance;
import org.heliograph.dicom.net.ul.AssociationServer;
import org.heliograph.dicom.net.ul.TlsKeys;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.heliograph.dicom.pixel.FrameReader;
import org.heliograph.dicom.pixel.render.FrameRenderer;
import org.heliograph.dicom.pixel.render.PictureWriter;
import org.heliograph.dicom.pixel.render.Presentation;
import org.heliograph.dicom.pixel.transcode.TranscodeOptions;
import org.heliograph.dicom.pixel.transcode.Transcoder;
import org.heliograph.dicom.pixel.transcode.Transcoding;
import org.heliograph.dicom.xml.DicomXml;

/** The code of README.md: what lies between the marks is there word for word. */
final class ReadmeSnippets {
  private static final AeTitle US = new AeTitle("WORKSTATION");
  private static final AeTitle ARCHIVE = new AeTitle("ARCHIVE");
  private static final SopClassUid CT = SopClassUid.of(Uids.CtImageStorage);
  private static final TransferSyntaxUid EXPLICIT =
      TransferSyntaxUid.of(Uids.ExplicitVrLittleEndian);

  private ReadmeSnippets() {}

  static Dataset read(Path file) throws IOException {
    // snippet read
    ParsedObject object;
    try (InputStream in = Files.newInputStream(file)) {
      object = DicomReader.readPart10(in, ReadOptions.defaults());
    }
    Dataset dataset = object.dataset();
    String modality = dataset.string(Tag.Modality, "");
    int rows = dataset.integer(Tag.Rows, 0);
    // end
    return modality.isEmpty() && rows == 0 ? Dataset.empty() : dataset;
  }

  static List<String> walk(Dataset dataset) {
    // snippet walk
    List<String> names = new ArrayList<>();
    dataset.walk((path, element) -> {
      names.add(Dictionary.nameOf(element.tag()));
      return DatasetVisitor.Next.ENTER;
    });
    // end
    return names;
  }

  static Dataset change(Dataset dataset) {
    // snippet change
    Dataset changed =
        dataset.toBuilder()
            .string(Tag.PatientID, "4711")
            .remove(Tag.PatientComments)
            .sequence(Tag.ReferencedStudySequence)
            .build();
    // end
    return changed;
  }

  static void write(Path file, Path target, ParsedObject object, Dataset changed)
      throws IOException {
    // snippet write
    try (OutputStream out = Files.newOutputStream(target)) {
      DicomWriter.writePart10(
          out, object.fileMeta(), object.transferSyntax(), changed, BulkSource.of(file));
    }
    // end
  }

  static void transcode(Path file, Path target) throws IOException {
    // snippet transcode
    ParsedObject object = DicomReader.readPart10(file, ReadOptions.defaults());
    Transcoder transcoder = new Transcoder(TranscodeOptions.defaults());
    TransferSyntax jpegLs = TransferSyntax.of(Uids.JpegLsLossless);
    try (Transcoding result = transcoder.transcode(object, BulkSource.of(file), jpegLs);
        OutputStream out = Files.newOutputStream(target)) {
      switch (result) {
        case Transcoding.Transcoded done -> done.writePart10(out);
        case Transcoding.NotTranscoded not -> throw new IOException("left: " + not.reason());
      }
    }
    // end
  }

  static Dataset json(Dataset dataset) {
    // snippet json
    String json = DicomJson.write(dataset, element -> "bulkdata/" + element.tag());
    Dataset again = DicomJson.read(json);
    // end
    return again;
  }

  static Dataset xml(Dataset dataset) throws IOException {
    // snippet xml
    String xml = DicomXml.write(dataset, element -> "bulkdata/" + element.tag());
    Dataset again = DicomXml.read(xml);
    // end
    return again;
  }

  static byte[] render(Path file) throws IOException {
    // snippet render
    FrameReader frames = FrameReader.open(file);
    var frame = frames.frame(0);
    var presentation = Presentation.of(frames.object().dataset(), 0, frames.source());
    byte[] png = PictureWriter.toPng(FrameRenderer.render(frame, presentation, null));
    // end
    return png;
  }

  static DimseStatus store(String host, StoredInstance instance) throws IOException {
    // snippet store
    try (StorageScu scu =
        StorageScu.to(host, 104, US, ARCHIVE)
            .propose(instance.sopClass(), instance.transferSyntax())
            .open()) {
      DimseStatus status =
          scu.store(
              instance.sopClass(),
              instance.sopInstance(),
              instance.transferSyntax(),
              instance.dataset());
      scu.release();
      return status;
    }
    // end
  }

  static List<Dataset> find(String host, Dataset keys) throws IOException {
    // snippet find
    try (QueryRetrieveScu scu =
            QueryRetrieveScu.to(host, 104, US, ARCHIVE)
                .proposeFind(InformationModel.STUDY_ROOT)
                .open();
        var results = scu.find(InformationModel.STUDY_ROOT, keys).stream()) {
      return results.toList();
    }
    // end
  }

  static RetrieveResult move(String host, Dataset keys) throws IOException {
    // snippet move
    try (QueryRetrieveScu scu =
        QueryRetrieveScu.to(host, 104, US, ARCHIVE)
            .proposeMove(InformationModel.STUDY_ROOT)
            .open()) {
      return scu.move(InformationModel.STUDY_ROOT, US, keys, QueryRetrieveScu.Progress.IGNORED);
    }
    // end
  }

  static RetrieveResult get(String host, Dataset keys, StoreHandler receiver) throws IOException {
    // snippet get
    try (QueryRetrieveScu scu =
        QueryRetrieveScu.to(host, 104, US, ARCHIVE)
            .proposeGet(InformationModel.STUDY_ROOT)
            .proposeRetrieved(CT, EXPLICIT)
            .open()) {
      return scu.get(
          InformationModel.STUDY_ROOT, keys, receiver, QueryRetrieveScu.Progress.IGNORED);
    }
    // end
  }

  static AssociationServer serve(Path folder) throws IOException {
    // snippet serve
    DimseServices services =
        DimseServices.builder()
            .store((request, dataset) -> {
              Files.copy(dataset, folder.resolve(UUID.randomUUID().toString()));
              return DimseStatus.SUCCESS;
            })
            .build();
    var settings = AssociationServer.Settings.defaults();
    var service = DimseScp.service(services, settings.maxPduLengthBytes());
    AssociationServer server = AssociationServer.start(settings, service);
    // end
    return server;
  }

  static DimseStatus tls(String host, InputStream store, char[] password, String authorities)
      throws IOException, GeneralSecurityException {
    // snippet tls
    TlsKeys keys = TlsKeys.none().withPkcs12(store, password).withTrusted(authorities);
    TlsSettings settings = TlsSettings.of(TlsProfile.BCP_195_RFC_8996_9325, keys);
    try (StorageScu scu =
        StorageScu.to(host, 2762, US, ARCHIVE).tls(settings).proposeVerification().open()) {
      return scu.echo();
    }
    // end
  }

  static Dataset deidentify(Dataset dataset, byte[] secret) {
    // snippet deidentify
    Deidentifier deidentifier =
        Deidentifier.of(
            Profile.basic().with(Option.RETAIN_MODIFIED_DATES, Option.CLEAN_DESCRIPTORS),
            DeidentificationKey.of(secret));
    Dataset clean = deidentifier.apply(dataset);
    // end
    return clean;
  }

  static int media(Path medium, Path target, Dataset header) throws IOException {
    // snippet media
    List<Path> files = new ArrayList<>();
    for (DirectoryRecord record : DicomDir.read(medium.resolve("DICOMDIR")).records()) {
      if (record.file().isPresent()) {
        record.file().get().resolve(medium).ifPresent(files::add);
      }
    }
    try (DicomDirWriter directory = DicomDirWriter.create(target, "EXCHANGE")) {
      directory.add(header, FileId.of("S1", "I1"), EXPLICIT);
      directory.finish();
    }
    // end
    return files.size();
  }
}
