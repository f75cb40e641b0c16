package org.heliograph.reader.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A person as the web shows them. */
@Component
class PersonViews {
  private static final String SITE = "select id, code, name from reading.site where id = ?";

  private final JdbcClient sql;

  PersonViews(JdbcClient sql) {
    this.sql = sql;
  }

  record SiteView(UUID id, String code, String name) {}

  record PersonView(
      UUID id,
      String login,
      String displayName,
      Role role,
      @Nullable Specialty specialty,
      @Nullable SiteView site) {}

  PersonView of(Person person) {
    UUID siteId = person.siteId();
    SiteView site =
        siteId == null ? null : sql.sql(SITE).param(siteId).query(SiteView.class).single();
    return new PersonView(
        person.id(), person.login(), person.displayName(), person.role(), person.specialty(), site);
  }
}
