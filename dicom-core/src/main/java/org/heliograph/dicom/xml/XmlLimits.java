package org.heliograph.dicom.xml;

/**
 * Limits of reading XML.
 *
 * @param maxDepth how deep sequences may nest
 * @param maxValueChars how many characters one value or one InlineBinary may have
 * @param maxBytes how many bytes, or characters of a string, the document may have
 */
public record XmlLimits(int maxDepth, int maxValueChars, long maxBytes) {
  private static final XmlLimits DEFAULTS = new XmlLimits(64, 64 << 20, 128L << 20);

  public XmlLimits {
    if (maxDepth < 0 || maxDepth > 256) {
      throw new IllegalArgumentException("depth " + maxDepth + " is not 0 to 256");
    }
    if (maxValueChars < 0 || maxBytes < 0) {
      throw new IllegalArgumentException("limits are not negative");
    }
  }

  /** 64 levels, 64 Mi characters a value, 128 MiB in all. */
  public static XmlLimits defaults() {
    return DEFAULTS;
  }
}
