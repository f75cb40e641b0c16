package org.heliograph.reader.postgres;

/** The server's settings: durable, on loopback only, and silent about content in its log. */
final class ServerSettings {
  private ServerSettings() {}

  static String text(int port) {
    return """
    # Written by the hub at each start.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = 100
    shared_buffers = 128MB
    fsync = on
    synchronous_commit = on
    full_page_writes = on
    wal_sync_method = fdatasync
    max_wal_size = 1GB
    # Solid state disks and much memory: a page that an index points to is as near as the next one.
    random_page_cost = 1.1
    jit = off
    password_encryption = scram-sha-256
    timezone = 'UTC'
    log_timezone = 'UTC'
    # No statements, no values: the log is not a place for patient data.
    log_statement = none
    log_min_error_statement = panic
    log_error_verbosity = terse
    log_parameter_max_length = 0
    log_parameter_max_length_on_error = 0
    # An abandoned transaction must not hold locks for ever.
    idle_in_transaction_session_timeout = '10min'
    """
        .formatted(port);
  }
}
