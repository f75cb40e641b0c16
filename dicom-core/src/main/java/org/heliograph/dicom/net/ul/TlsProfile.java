package org.heliograph.dicom.net.ul;

import java.util.List;

/**
 * TLS secure transport connection profiles of PS3.15 Annex B (2024e). All of them mean TLS 1.3, or
 * 1.2 with forward secrecy and authenticated encryption; older versions are never negotiated.
 */
public enum TlsProfile {
  /**
   * BCP 195 RFC 8996, 9325 TLS Profile, PS3.15 B.12: TLS 1.3, and the four suites that RFC 9325 4.2
   * recommends for TLS 1.2.
   */
  BCP_195_RFC_8996_9325,
  /**
   * Modified BCP 195 RFC 8996, 9325 TLS Profile, PS3.15 B.13: AES-GCM and ChaCha20-Poly1305 with
   * ECDHE of at least 256 bits only, the longer keys first.
   */
  MODIFIED_BCP_195_RFC_8996_9325,
  /**
   * Non-Downgrading BCP 195 TLS Profile, PS3.15 B.10, retired but common in the field: its DHE
   * suites too. A peer of the older BCP 195 Profile (B.9) that can do TLS 1.2 is served as well.
   */
  NON_DOWNGRADING_BCP_195;

  private static final class Suites {
    static final List<String> TLS_1_3 =
        List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");
    static final List<String> ECDHE_GCM_256 =
        List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    static final List<String> ECDHE_GCM_128 =
        List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    static final List<String> ECDHE_GCM =
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    static final List<String> ECDHE_CHACHA =
        List.of(
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    static final List<String> DHE_GCM =
        List.of("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384");

    private Suites() {}
  }

  /** The versions negotiated, the better first, as the JDK names them. */
  public List<String> protocols() {
    return List.of("TLSv1.3", "TLSv1.2");
  }

  /** The suites negotiated, in the order of preference, by their IANA names. */
  public List<String> cipherSuites() {
    var suites =
        switch (this) {
          case BCP_195_RFC_8996_9325 -> List.of(Suites.TLS_1_3, Suites.ECDHE_GCM);
          case MODIFIED_BCP_195_RFC_8996_9325 ->
              List.of(
                  Suites.TLS_1_3, Suites.ECDHE_GCM_256, Suites.ECDHE_CHACHA, Suites.ECDHE_GCM_128);
          case NON_DOWNGRADING_BCP_195 -> List.of(Suites.TLS_1_3, Suites.ECDHE_GCM, Suites.DHE_GCM);
        };
    return suites.stream().flatMap(List::stream).toList();
  }
}
