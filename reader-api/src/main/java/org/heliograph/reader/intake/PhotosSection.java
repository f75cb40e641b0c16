package org.heliograph.reader.intake;

import org.heliograph.reader.access.Person;
import org.heliograph.reader.cases.CaseFile;
import org.heliograph.reader.cases.CaseSection;
import org.springframework.stereotype.Component;

/** {@code photos} of a case's JSON. */
@Component
class PhotosSection implements CaseSection {
  private final PhotoRows rows;

  PhotosSection(PhotoRows rows) {
    this.rows = rows;
  }

  @Override
  public String name() {
    return "photos";
  }

  @Override
  public Object of(CaseFile file, Person person) {
    return rows.of(file.id());
  }
}
