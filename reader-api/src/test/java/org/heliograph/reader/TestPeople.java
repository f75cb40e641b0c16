package org.heliograph.reader;

import java.util.UUID;
import org.heliograph.reader.access.NewPerson;
import org.heliograph.reader.access.People;
import org.heliograph.reader.access.Person;
import org.heliograph.reader.access.Role;
import org.heliograph.reader.access.Specialty;
import org.heliograph.reader.sites.NewSite;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** People and sites for tests; every password is {@link #PASSWORD}. */
public final class TestPeople {
  public static final String PASSWORD = "correct horse battery";

  private TestPeople() {}

  public static Site site(Sites sites, String code) {
    return sites
        .byCode(code)
        .orElseGet(() -> sites.add(new NewSite(code, "Clinic " + code, "", Specialty.RADIOLOGY)));
  }

  public static Person person(
      People people,
      String login,
      Role role,
      @Nullable Specialty specialty,
      @Nullable UUID siteId) {
    return people
        .byLogin(login)
        .orElseGet(() ->
            people.add(
                new NewPerson(login, "Person " + login, "MD", "", role, specialty, siteId),
                PASSWORD.toCharArray()));
  }
}
