package org.heliograph.archive;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that wait for the database's answer as long as it takes, for migrations: a pool may
 * give up after seconds, but an index over a million rows takes minutes. A pool sets its own time
 * again when it gets the connection back.
 */
public final class UnhurriedConnections extends DelegatingDataSource {
  public UnhurriedConnections(DataSource pool) {
    super(pool);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    connection.setNetworkTimeout(Runnable::run, 0);
    return connection;
  }
}
