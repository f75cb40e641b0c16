package org.heliograph.samples.people;

import java.time.LocalDate;
import java.util.List;
import org.heliograph.dicom.data.PersonName;

/**
 * An invented patient. The names are common ones of their countries and belong to nobody; the ids
 * begin with the clinic that issued them.
 *
 * @param familyName in the patient's own script, as the clinic writes it
 * @param latin family and given name in Latin letters, empty where the name is in them already
 */
public record SyntheticPatient(
    String familyName,
    String givenName,
    String latin,
    String id,
    String issuer,
    LocalDate birthDate,
    String sex) {

  public static final SyntheticPatient AMINA =
      of("Wanjiku", "Amina", "", "KHC-00481", 1984, 3, 9, "F");
  public static final SyntheticPatient MOHAMMED =
      of("الأحمد", "محمد", "", "KHC-00512", 1969, 11, 23, "M");
  public static final SyntheticPatient ANITA =
      of("शर्मा", "अनिता", "", "KHC-00533", 1991, 7, 2, "F");
  public static final SyntheticPatient JUMA =
      of("Otieno", "Juma", "", "KHC-00547", 2015, 1, 30, "M");
  public static final SyntheticPatient XIAOMING =
      of("王", "小明", "Wang^Xiaoming", "CST-1031", 1958, 5, 17, "M");
  public static final SyntheticPatient AISSATOU =
      of("N'Diaye", "Aïssatou", "", "CST-1044", 1977, 9, 4, "F");
  public static final SyntheticPatient MARIA =
      of("Quispe Mamani", "María José", "", "CST-1052", 2002, 12, 12, "F");
  public static final SyntheticPatient OLENA =
      of("Шевченко", "Олена", "", "CST-1060", 1949, 2, 28, "F");

  public static List<SyntheticPatient> all() {
    return List.of(AMINA, MOHAMMED, ANITA, JUMA, XIAOMING, AISSATOU, MARIA, OLENA);
  }

  /**
   * The name as a modality sends it: with a Latin group first where the script has an ideographic
   * one of its own (PS3.5 6.2.1.1).
   */
  public PersonName dicomName() {
    String own = familyName + "^" + givenName;
    return PersonName.parse(latin.isEmpty() ? own : latin + "=" + own);
  }

  private static SyntheticPatient of(
      String family,
      String given,
      String latin,
      String id,
      int year,
      int month,
      int day,
      String sex) {
    String issuer = id.substring(0, id.indexOf('-'));
    return new SyntheticPatient(
        family, given, latin, id, issuer, LocalDate.of(year, month, day), sex);
  }
}
