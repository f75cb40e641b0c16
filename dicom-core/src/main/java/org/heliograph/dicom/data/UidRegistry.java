package org.heliograph.dicom.data;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The generated list behind {@link Uids}. */
final class UidRegistry {
  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Set<String> STORAGE = new LinkedHashSet<>();
  private static final Set<String> TRANSFER_SYNTAXES = new LinkedHashSet<>();

  static {
    for (String line : Dictionary.resource("uids.txt").lines().toList()) {
      String[] f = line.split("\t", -1);
      NAMES.put(f[1], f[2]);
      switch (f[0]) {
        case "storage" -> STORAGE.add(f[1]);
        case "transfer-syntax" -> TRANSFER_SYNTAXES.add(f[1]);
        default -> {}
      }
    }
  }

  private UidRegistry() {}

  static String nameOf(String uid) {
    return NAMES.getOrDefault(uid, uid);
  }

  static Set<String> storageSopClasses() {
    return Collections.unmodifiableSet(STORAGE);
  }

  static Set<String> transferSyntaxes() {
    return Collections.unmodifiableSet(TRANSFER_SYNTAXES);
  }
}
