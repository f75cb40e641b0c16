import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the table of the confidentiality profiles (PS3.15 Table E.1-1) out of the standard's facts.
 * Run by hand: {@code java dicom-core/src/dictionary/GenerateProfile.java <folder with
 * confidentiality_profile_attributes.json> <dicom-core>}.
 */
public final class GenerateProfile {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Map<String, String> OPTIONS =
      Map.of(
          "rtnUIDsOpt", "RETAIN_UIDS",
          "rtnDevIdOpt", "RETAIN_DEVICE_IDENTITY",
          "rtnInstIdOpt", "RETAIN_INSTITUTION_IDENTITY",
          "rtnPatCharsOpt", "RETAIN_PATIENT_CHARACTERISTICS",
          "rtnLongFullDatesOpt", "RETAIN_FULL_DATES",
          "rtnLongModifDatesOpt", "RETAIN_MODIFIED_DATES",
          "cleanDescOpt", "CLEAN_DESCRIPTORS",
          "cleanStructContOpt", "CLEAN_STRUCTURED_CONTENT",
          "cleanGraphOpt", "CLEAN_GRAPHICS");

  public static void main(String[] args) throws IOException {
    Path json = Path.of(args[0]).resolve("confidentiality_profile_attributes.json");
    TreeMap<String, String> lines = new TreeMap<>();
    for (String block : Files.readString(json).split("\\{")) {
      TreeMap<String, String> fields = new TreeMap<>();
      Matcher m = FIELD.matcher(block);
      while (m.find()) {
        fields.put(m.group(1), m.group(2));
      }
      String id = fields.getOrDefault("id", "").toUpperCase(Locale.ROOT);
      if (!id.matches("[0-9A-FX]{8}") || id.startsWith("50X")) {
        continue; // whole groups, of curves and private ones, are dealt with in code
      }
      TreeMap<String, String> options = new TreeMap<>();
      OPTIONS.forEach((column, option) -> {
        if (fields.containsKey(column)) {
          options.put(option, fields.get(column));
        }
      });
      String columns = options.toString().replaceAll("[{} ]", "");
      lines.put(id, id + '\t' + fields.get("basicProfile") + '\t' + columns);
    }
    Path out = Path.of(args[1], "src/main/resources/org/heliograph/dicom/deid/profile.txt");
    Files.createDirectories(out.getParent());
    Files.writeString(out, String.join("\n", lines.values()) + "\n");
  }
}
