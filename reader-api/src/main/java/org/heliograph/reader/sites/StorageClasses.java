package org.heliograph.reader.sites;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.heliograph.dicom.data.Uid;
import org.heliograph.dicom.data.Uids;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * SOP classes that are stored beside the Storage SOP Classes of the standard: those of makers. Each
 * look-up reads the database, so a change counts at once and everywhere.
 */
@Component
public class StorageClasses {
  private static final int MAX_NAME_LENGTH = 64;

  private final JdbcClient sql;

  StorageClasses(JdbcClient sql) {
    this.sql = sql;
  }

  /** For commands that run without the hub's parts. */
  public static StorageClasses over(DataSource database) {
    return new StorageClasses(JdbcClient.create(database));
  }

  /** A SOP class, and what the operator calls it. */
  public record StorageClass(String sopClassUid, String name) {}

  public List<StorageClass> all() {
    return sql.sql("select sop_class_uid, name from reading.storage_class order by 1")
        .query((row, n) -> new StorageClass(row.getString(1), row.getString(2)))
        .list();
  }

  /** Their UIDs. */
  public Set<String> uids() {
    return all().stream().map(StorageClass::sopClassUid).collect(Collectors.toSet());
  }

  /**
   * Adds one, or gives it another name.
   *
   * @throws ProblemException it is no UID, or one that the standard gives to something else
   */
  public void add(StorageClass added) {
    String uid = added.sopClassUid();
    if (!Uid.isValid(uid) || !uid.contains(".")) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "sopClassUid", "not a UID");
    }
    if (Uids.isStorageSopClass(uid)) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "sopClassUid", "a Storage SOP Class that is stored anyway");
    }
    if (!Uids.nameOf(uid).equals(uid)) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "sopClassUid", "of the standard, and not for storage");
    }
    if (added.name().length() > MAX_NAME_LENGTH) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "name", "longer than " + MAX_NAME_LENGTH + " characters");
    }
    sql.sql(
            """
            insert into reading.storage_class (sop_class_uid, name) values (?, ?)
            on conflict (sop_class_uid) do update set name = excluded.name
            """)
        .params(uid, added.name())
        .update();
  }

  /** Takes no more of it; what is stored stays. Whether there was one. */
  public boolean remove(String sopClassUid) {
    return sql.sql("delete from reading.storage_class where sop_class_uid = ?")
            .param(sopClassUid)
            .update()
        > 0;
  }
}
