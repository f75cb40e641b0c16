package org.heliograph.samples.demo;

import java.util.UUID;
import org.heliograph.reader.Hub;
import org.heliograph.reader.access.People;
import org.heliograph.reader.sites.Site;
import org.heliograph.reader.sites.Sites;
import org.jspecify.annotations.Nullable;

/** Clinics and accounts, made by the services that {@code heliograph admin} uses. */
final class DemoNetwork {
  private final Sites sites;
  private final People people;

  DemoNetwork(Hub hub) {
    this.sites = hub.part(Sites.class);
    this.people = hub.part(People.class);
  }

  /** Adds what is missing; what is there is left as it is. */
  void load() {
    for (DemoClinic clinic : DemoClinic.values()) {
      Site site = sites.byCode(clinic.name()).orElseGet(() -> sites.add(clinic.site()));
      sites.addAeTitle(clinic.name(), clinic.name());
      if (clinic == DemoClinic.DEMO_CLINIC_A && sites.logo(site.id()).isEmpty()) {
        sites.setLogo(site.id(), DemoLogo.png());
      }
    }
    for (DemoPerson person : DemoPerson.values()) {
      if (people.byLogin(person.login()).isEmpty()) {
        people.add(person.person(siteId(person.clinic())), DemoPerson.PASSWORD.toCharArray());
      }
    }
  }

  private @Nullable UUID siteId(@Nullable DemoClinic clinic) {
    return clinic == null ? null : sites.byCode(clinic.name()).orElseThrow().id();
  }
}
