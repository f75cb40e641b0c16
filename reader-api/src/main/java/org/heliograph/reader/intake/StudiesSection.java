package org.heliograph.reader.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.heliograph.archive.Archive;
import org.heliograph.archive.catalog.StoredInstance;
import org.heliograph.archive.catalog.StoredSeries;
import org.heliograph.archive.catalog.StoredStudy;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseSection;
import org.heliograph.reader.cases.CaseStudy;
import org.heliograph.reader.cases.Cases;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code studies} of a case's JSON: what the archive holds of them just now. */
@Component
class StudiesSection implements CaseSection {
  record StudyView(
      String studyInstanceUid,
      @Nullable LocalDate studyDate,
      String description,
      String modality,
      List<SeriesView> series) {
    @Override
    public String toString() {
      return "StudyView[***]";
    }
  }

  record SeriesView(
      String seriesInstanceUid, String modality, String description, List<InstanceView> instances) {
    @Override
    public String toString() {
      return "SeriesView[***]";
    }
  }

  record InstanceView(
      String sopInstanceUid,
      String sopClassUid,
      @Nullable Integer instanceNumber,
      @Nullable Integer rows,
      @Nullable Integer columns,
      int numberOfFrames,
      String transferSyntaxUid,
      boolean photo,
      boolean complete) {
    @Override
    public String toString() {
      return "InstanceView[***]";
    }
  }

  private final Cases cases;
  private final Archive archive;

  StudiesSection(Cases cases, Archive archive) {
    this.cases = cases;
    this.archive = archive;
  }

  @Override
  public String name() {
    return "studies";
  }

  @Override
  public Object of(CaseFile file, Person person) {
    return cases.studies(file.id()).stream()
        .map(CaseStudy::study)
        .flatMap(study -> archive.catalog().study(study).stream())
        .map(StudiesSection::study)
        .filter(study -> !study.series().isEmpty())
        .toList();
  }

  private static StudyView study(StoredStudy study) {
    return new StudyView(
        study.study().value().value(),
        study.studyDate(),
        study.description(),
        shown(study).map(StoredSeries::modality).distinct().collect(Collectors.joining("/")),
        shown(study).map(StudiesSection::series).toList());
  }

  /** Key object notes, such as those that reject images, are nothing to look at. */
  private static Stream<StoredSeries> shown(StoredStudy study) {
    return study.series().stream().filter(series -> !series.modality().equals("KO"));
  }

  private static SeriesView series(StoredSeries series) {
    return new SeriesView(
        series.series().value().value(),
        series.modality(),
        series.description(),
        series.instances().stream().map(StudiesSection::instance).toList());
  }

  private static InstanceView instance(StoredInstance instance) {
    var sopClass = instance.sopClass().value().value();
    return new InstanceView(
        instance.instance().value().value(),
        sopClass,
        instance.instanceNumber(),
        instance.rows(),
        instance.columns(),
        instance.numberOfFrames(),
        instance.transferSyntax().value().value(),
        sopClass.equals(Uids.VlPhotographicImageStorage),
        true);
  }
}
