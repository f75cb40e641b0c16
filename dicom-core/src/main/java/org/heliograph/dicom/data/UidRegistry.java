package org.heliograph.dicom.data;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The generated list behind {@link Uids}. */
final class UidRegistry {
  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Set<String> STORAGE = new LinkedHashSet<>();
  private static final Set<String> TRANSFER_SYNTAXES = new LinkedHashSet<>();
  private static final Map<String, SopClass> SOP_CLASSES = new LinkedHashMap<>();

  static {
    for (String line : Dictionary.resource("uids.txt").lines().toList()) {
      String[] f = line.split("\t", -1);
      NAMES.put(f[1], f[2]);
      switch (f[0]) {
        case "storage" -> {
          STORAGE.add(f[1]);
          sopClass(f, ServiceClass.STORAGE, f.length > 3 ? f[3] : null);
        }
        case "media" -> sopClass(f, ServiceClass.MEDIA, f.length > 3 ? f[3] : null);
        case "service" ->
            sopClass(
                f, ServiceClass.valueOf(f[3].replace('-', '_').toUpperCase(Locale.ROOT)), null);
        case "transfer-syntax" -> TRANSFER_SYNTAXES.add(f[1]);
        default -> {}
      }
    }
  }

  private UidRegistry() {}

  private static void sopClass(String[] f, ServiceClass service, @Nullable String iod) {
    SOP_CLASSES.put(f[1], new SopClass(SopClassUid.of(f[1]), f[2], service, iod));
  }

  static Map<String, SopClass> sopClasses() {
    return Collections.unmodifiableMap(SOP_CLASSES);
  }

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
