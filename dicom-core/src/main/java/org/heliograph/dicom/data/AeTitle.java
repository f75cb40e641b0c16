package org.heliograph.dicom.data;

/**
 * An application entity title: 1 to 16 characters of the default repertoire without backslash and
 * control characters, spaces at both ends not significant (PS3.5 6.2, PS3.8 9.3.2).
 */
public record AeTitle(String value) {
  /** Takes the spaces at both ends away and refuses what is no AE title. */
  public AeTitle {
    value = value.strip();
    if (value.isEmpty() || value.length() > 16) {
      throw new IllegalArgumentException(
          "an AE title has 1 to 16 characters, not " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '\\') {
        throw new IllegalArgumentException("an AE title has no character " + (int) c);
      }
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
