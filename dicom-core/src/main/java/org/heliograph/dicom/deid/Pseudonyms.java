package org.heliograph.dicom.deid;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.heliograph.dicom.data.Dataset;
import org.heliograph.dicom.data.Tag;
import org.heliograph.dicom.data.Uids;

/** What a key makes of UIDs and identifiers, for one instance. */
final class Pseudonyms {
  private static final int DAYS = 3650;

  private final DeidentificationKey key;
  private final Map<String, String> uids = new HashMap<>();
  private final int shiftDays;

  Pseudonyms(DeidentificationKey key, Dataset instance) {
    this.key = key;
    String patient =
        instance.string(Tag.PatientID, "") + '\0' + instance.string(Tag.IssuerOfPatientID, "");
    boolean unknown = patient.length() == 1;
    byte[] derived =
        unknown
            ? key.derive("shift of study", instance.string(Tag.StudyInstanceUID, ""))
            : key.derive("shift of patient", patient);
    this.shiftDays = -1 - Math.floorMod(ByteBuffer.wrap(derived).getInt(), DAYS);
  }

  /** How far the patient's dates move: 1 to 3650 days back. */
  int shiftDays() {
    return shiftDays;
  }

  /** A UID in the form of a UUID (PS3.5 B.2); those of the standard stay. */
  String uid(String uid) {
    return uid.isEmpty() || isWellKnown(uid) ? uid : uids.computeIfAbsent(uid, this::derived);
  }

  private String derived(String uid) {
    byte[] bytes = Arrays.copyOf(key.derive("uid", uid), 16);
    bytes[6] = (byte) ((bytes[6] & 0x0F) | 0x80); // version 8: made in a way of our own (RFC 9562)
    bytes[8] = (byte) ((bytes[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, bytes);
  }

  /** Registered, or a well-known frame of reference or colour table (PS3.6 Annex A). */
  private static boolean isWellKnown(String uid) {
    return !Uids.nameOf(uid).equals(uid)
        || uid.startsWith("1.2.840.10008.1.4.")
        || uid.startsWith("1.2.840.10008.1.5.")
        || uid.startsWith("1.2.840.10008.15.")
        || uid.startsWith("1.2.840.10008.2.16.")
        || uid.startsWith("1.2.840.10008.6.1.");
  }

  /** An identifier of 16 characters in place of another, within the kind of identifier. */
  String identifier(int tag, String value) {
    byte[] bytes = Arrays.copyOf(key.derive("identifier " + tag, value), 8);
    return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
  }
}
