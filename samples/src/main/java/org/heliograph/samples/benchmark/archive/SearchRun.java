package org.heliograph.samples.benchmark.archive;

import java.io.IOException;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.dimse.InformationModel;
import org.heliograph.dicom.net.dimse.QueryRetrieveScu;
import org.heliograph.samples.benchmark.archive.Searches.Question;

/** Asks a server for studies by QIDO-RS and C-FIND. */
final class SearchRun {
  private static final String JSON = "application/dicom+json";

  private SearchRun() {}

  static Times qido(Server.Web web, Searches searches, Question question, int times)
      throws IOException {
    try (PlainHttp client = web.open()) {
      return Times.of(
          times, number -> client.get(web.root() + searches.query(question, number), JSON));
    }
  }

  static Times find(Server server, Searches searches, Question question, int times)
      throws IOException {
    try (QueryRetrieveScu scu =
        QueryRetrieveScu.to(
                "127.0.0.1",
                server.dicomPort(),
                new AeTitle(HubServer.CALLING),
                new AeTitle(server.aeTitle()))
            .proposeFind(InformationModel.STUDY_ROOT)
            .open()) {
      Times measured =
          Times.of(
              times,
              number -> {
                try (var answers =
                    scu.find(InformationModel.STUDY_ROOT, searches.identifier(question, number))) {
                  while (answers.next() != null) {
                    // only counted
                  }
                }
              });
      scu.release();
      return measured;
    }
  }
}
