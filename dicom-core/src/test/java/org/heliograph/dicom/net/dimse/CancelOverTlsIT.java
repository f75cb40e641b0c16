package org.heliograph.dicom.net.dimse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.net.ul.TestCertificates;
import org.heliograph.dicom.net.ul.TlsProfile;
import org.heliograph.dicom.net.ul.TlsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C-CANCEL is seen between matches over TLS, too, and handlers get the certificate. */
class CancelOverTlsIT {
  @TempDir private Path folder;

  @Test
  void a_query_without_end_is_cancelled_over_tls() throws Exception {
    var certificates = TestCertificates.in(folder);
    var profile = TlsProfile.BCP_195_RFC_8996_9325;
    var made = new AtomicInteger();
    FindHandler handler =
        request -> {
          assertThat(request.invocation().peer().caller().tls()).isNotNull();
          return () -> Match.of(FindTest.study(made.incrementAndGet()));
        };
    try (var scp =
            TestScp.start(
                DimseServices.builder()
                    .find(handler, InformationModel.STUDY_ROOT.find().orElseThrow()),
                TlsSettings.of(profile, certificates.keys("server", "ca")));
        var scu =
            QueryRetrieveScu.to("127.0.0.1", scp.port(), TestScp.CALLER, TestScp.TITLE)
                .proposeFind(InformationModel.STUDY_ROOT)
                .tls(TlsSettings.of(profile, certificates.keys("client", "ca")))
                .open()) {
      var keys = Identifier.at(QueryRetrieveLevel.STUDY).returning(Tag.StudyInstanceUID).build();
      var results = scu.find(InformationModel.STUDY_ROOT, keys);
      for (var i = 0; i < 10; i++) {
        assertThat(results.next()).isNotNull();
      }
      results.close();

      assertThat(results.status()).isEqualTo(DimseStatus.CANCEL);
      scu.release();
    }
    assertThat(made).hasValueLessThan(1_000_000);
  }
}
