package org.heliograph.reader.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.heliograph.reader.backup.Manifest.Schema;
import org.heliograph.reader.backup.Manifest.Table;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The rows of all tables of both schemas as files of PostgreSQL's COPY text. The schemas themselves
 * are not in them: the program makes those, by its migrations.
 */
final class TableFiles {
  /** Schema → the table where Flyway keeps its history. */
  static final Map<String, String> HISTORIES =
      Map.of("archive", "flyway_schema_history", "reading", "schema_history");

  private static final String TABLES =
      """
      select c.table_schema, c.table_name,
        array_agg(c.column_name::text order by c.ordinal_position) as columns
      from information_schema.columns c
      join information_schema.tables t
        on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema in ('archive', 'reading') and t.table_type = 'BASE TABLE'
        and c.is_generated = 'NEVER'
        and c.table_name not in ('flyway_schema_history', 'schema_history', 'blob_hold')
      group by 1, 2 order by 1, 2
      """;

  private static final String SEQUENCES =
      """
      select schemaname, sequencename, last_value from pg_sequences
      where schemaname in ('archive', 'reading') and last_value is not null
      """;

  private final Connection connection;
  private final CopyManager copy;

  TableFiles(Connection connection) throws SQLException {
    this.connection = connection;
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** Writes all tables as the connection's transaction sees them. */
  List<Table> dump(Path folder) throws SQLException, IOException {
    List<Table> written = new ArrayList<>();
    for (Table table : tables()) {
      Path file = folder.resolve(table.file());
      try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        written.add(copyOut(table, zipped));
      }
      Durable.force(file);
    }
    return written;
  }

  /** What a table is now: its rows counted and their digest taken. */
  Table measure(Table table) throws SQLException, IOException {
    return copyOut(table, OutputStream.nullOutputStream());
  }

  private Table copyOut(Table table, OutputStream to) throws SQLException, IOException {
    Measuring measured = new Measuring(to);
    long rows =
        copy.copyOut("copy " + table.quoted() + " " + table.columnList() + " to stdout", measured);
    return new Table(
        table.schema(),
        table.name(),
        table.columns(),
        rows,
        measured.bytes,
        Durable.hex(measured.digest.digest()));
  }

  private List<Table> tables() throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        tables.add(
            new Table(
                row.getString(1),
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                0,
                0,
                ""));
      }
    }
    return tables;
  }

  Map<String, Long> sequences() throws SQLException {
    Map<String, Long> values = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SEQUENCES)) {
      while (row.next()) {
        values.put("\"" + row.getString(1) + "\".\"" + row.getString(2) + "\"", row.getLong(3));
      }
    }
    return values;
  }

  List<Schema> schemas() throws SQLException {
    List<Schema> schemas = new ArrayList<>();
    for (String schema : HISTORIES.keySet().stream().sorted().toList()) {
      Map<String, Integer> migrations = new HashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select version, checksum from "
                      + schema
                      + "."
                      + HISTORIES.get(schema)
                      + " where version is not null and success")) {
        while (row.next()) {
          migrations.put(row.getString(1), row.getInt(2));
        }
      }
      schemas.add(new Schema(schema, migrations));
    }
    return schemas;
  }

  /**
   * Puts the rows of a file into an empty table.
   *
   * @throws BackupException the file is not what was written
   */
  void load(Table table, Path folder) throws SQLException, IOException {
    MessageDigest digest = Durable.sha256();
    long rows;
    try (InputStream in =
        new DigestInputStream(
            new GZIPInputStream(Files.newInputStream(folder.resolve(table.file())), 1 << 16),
            digest)) {
      rows =
          copy.copyIn(
              "copy " + table.quoted() + " " + table.columnList() + " from stdin",
              new FilterInputStream(in) {
                @Override
                public void close() {
                  // Closed outside.
                }
              },
              1 << 16);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (java.io.EOFException | java.util.zip.ZipException e) {
      throw new BackupException("The file of the table " + table.name() + " is damaged.");
    }
    if (rows != table.rows() || !Durable.hex(digest.digest()).equals(table.sha256())) {
      throw new BackupException(
          "The file of the table " + table.name() + " is not what was written.");
    }
  }

  private static final class Measuring extends OutputStream {
    private final OutputStream to;
    private final MessageDigest digest = Durable.sha256();
    private long bytes;

    Measuring(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
      to.write(content, offset, length);
      digest.update(content, offset, length);
      bytes += length;
    }
  }
}
