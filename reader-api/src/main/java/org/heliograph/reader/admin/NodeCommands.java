package org.heliograph.reader.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.heliograph.reader.problem.ProblemCode;
import org.heliograph.reader.problem.ProblemException;
import org.heliograph.reader.sites.StorageClasses;
import org.heliograph.reader.sites.StorageClasses.StorageClass;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the DICOM node takes, and what it has promised and not yet told. */
final class NodeCommands {
  private static final String OPEN =
      """
      select transaction_uid, ae_title, state, cardinality(sop_instance_uids) as instances,
        attempt, last_error_code, requested_at, due_at
      from reading.storage_commitment where state <> 'DONE' order by id
      """;
  private static final String RETRY =
      """
      update reading.storage_commitment
      set state = 'PENDING', attempt = 0, due_at = clock_timestamp(), claimed_until = null
      where transaction_uid = ? and state = 'PARKED'
      """;

  private final JdbcClient sql;
  private final StorageClasses classes;

  NodeCommands(DataSource database) {
    this.sql = JdbcClient.create(database);
    this.classes = StorageClasses.over(database);
  }

  Answer addStorageClass(Request request) {
    classes.add(new StorageClass(request.word(0), request.option("--name").orElse("")));
    return storageClasses();
  }

  Answer removeStorageClass(Request request) {
    if (!classes.remove(request.word(0))) {
      throw new ProblemException(ProblemCode.INVALID_FIELD, "sopClassUid", "not registered");
    }
    return storageClasses();
  }

  Answer storageClasses() {
    List<StorageClass> all = classes.all();
    return new Answer(
        all,
        Commands.lines(all.stream().map(each -> each.sopClassUid() + "  " + each.name()).toList()));
  }

  Answer commitments() {
    List<Map<String, Object>> open =
        sql.sql(OPEN)
            .query((row, n) -> {
              Map<String, Object> view = new LinkedHashMap<>();
              view.put("transactionUid", row.getString("transaction_uid"));
              view.put("aeTitle", row.getString("ae_title"));
              view.put("state", row.getString("state"));
              view.put("instances", row.getInt("instances"));
              view.put("attempts", row.getInt("attempt"));
              view.put("lastError", row.getString("last_error_code"));
              view.put("requestedAt", row.getTimestamp("requested_at").toInstant());
              view.put("dueAt", row.getTimestamp("due_at").toInstant());
              return view;
            })
            .list();
    return new Answer(
        open,
        Commands.lines(
            open.stream()
                .map(each ->
                    "%s  %s  %s  instances %s  attempts %s  %s"
                        .formatted(
                            each.get("state"),
                            each.get("aeTitle"),
                            each.get("transactionUid"),
                            each.get("instances"),
                            each.get("attempts"),
                            each.get("lastError"))
                        .strip())
                .toList()));
  }

  Answer retryCommitment(Request request) {
    if (sql.sql(RETRY).param(request.word(0)).update() == 0) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "transactionUid", "no commitment of this name is parked");
    }
    return commitments();
  }
}
