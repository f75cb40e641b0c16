package org.heliograph.reader.dicomweb;

import jakarta.servlet.http.HttpServletRequest;
import org.heliograph.archive.catalog.StoredInstance;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The addresses of what is answered, as the browser reached us. */
final class Addresses {
  private final String base;

  Addresses(HttpServletRequest request) {
    this.base =
        ServletUriComponentsBuilder.fromContextPath(request).path("/dicomweb").toUriString();
  }

  String study(String study) {
    return base + "/studies/" + study;
  }

  String series(String study, String series) {
    return study(study) + "/series/" + series;
  }

  String instance(String study, String series, String instance) {
    return series(study, series) + "/instances/" + instance;
  }

  String instance(StoredInstance stored) {
    return instance(
        stored.study().toString(), stored.series().toString(), stored.instance().toString());
  }
}
