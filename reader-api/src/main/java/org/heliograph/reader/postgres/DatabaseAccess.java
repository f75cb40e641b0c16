package org.heliograph.reader.postgres;

/** How to reach the hub's database. */
public record DatabaseAccess(String url, String user, String password) {
  @Override
  public String toString() {
    return "DatabaseAccess[***]";
  }
}
