package org.heliograph.archive.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/** Fills an empty catalog with studies made by SQL; no blobs belong to them. */
final class SyntheticCatalog {
  private SyntheticCatalog() {}

  static void fill(DataSource database, int studies) throws IOException, SQLException {
    String sql;
    try (InputStream in =
        Objects.requireNonNull(
            SyntheticCatalog.class.getResourceAsStream("synthetic-catalog.sql"))) {
      sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String filled =
        sql.replace("{studies}", Integer.toString(studies))
            .replace("{patients}", Integer.toString(studies * 7 / 20));
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (String one : filled.split(";\n")) {
        if (!one.isBlank()) {
          statement.execute(one);
        }
      }
    }
  }
}
