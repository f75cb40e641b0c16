package org.heliograph.reader.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one generation of a backup holds. The file beside it has its SHA-256, and it has those of
 * everything else.
 *
 * @param generation its name
 * @param takenAt when the snapshot of the database was taken
 * @param schemas with the migrations that made them
 * @param sequences name → last value
 */
public record Manifest(
    int format,
    String generation,
    String takenAt,
    List<Schema> schemas,
    List<Table> tables,
    Map<String, Long> sequences,
    Blobs blobs) {
  static final int FORMAT = 1;
  private static final String FILE = "manifest.json";
  private static final String DIGEST = "manifest.sha256";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Manifest {
    schemas = List.copyOf(schemas);
    tables = List.copyOf(tables);
    sequences = Map.copyOf(sequences);
  }

  /** A schema, and version → checksum of each migration in it. */
  record Schema(String name, Map<String, Integer> migrations) {
    Schema {
      migrations = Map.copyOf(migrations);
    }
  }

  /**
   * A table.
   *
   * @param bytes of its rows as PostgreSQL's COPY writes them
   * @param sha256 of those
   */
  public record Table(
      String schema, String name, List<String> columns, long rows, long bytes, String sha256) {
    public Table {
      columns = List.copyOf(columns);
    }

    String file() {
      return schema + "." + name + ".copy.gz";
    }

    /** Schema and name, quoted for SQL. */
    String quoted() {
      return "\"" + schema + "\".\"" + name + "\"";
    }

    String columnList() {
      return "(\"" + String.join("\", \"", columns) + "\")";
    }
  }

  /**
   * The blobs that the rows name.
   *
   * @param damaged how many were not what was stored, and are not in the backup
   * @param listSha256 of the list of them
   */
  public record Blobs(long count, long bytes, long damaged, String listSha256) {}

  void write(Path folder) throws IOException {
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    Durable.write(folder.resolve(FILE), text);
    Durable.write(
        folder.resolve(DIGEST), (Durable.sha256(text) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  static Manifest read(Path folder) throws IOException {
    try {
      byte[] text = Files.readAllBytes(folder.resolve(FILE));
      if (!Files.readString(folder.resolve(DIGEST)).strip().equals(Durable.sha256(text))) {
        throw new BackupException("The manifest is not what was written.");
      }
      Manifest manifest = JSON.readValue(text, Manifest.class);
      if (manifest.format() != FORMAT) {
        throw new BackupException(
            "The backup has the format "
                + manifest.format()
                + ", which this program does not know.");
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new BackupException("There is no manifest in " + folder + ".");
    } catch (JacksonException e) {
      throw new BackupException("The manifest cannot be read.");
    }
  }

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  @Override
  public String toString() {
    return "Manifest[" + generation + "]";
  }
}
