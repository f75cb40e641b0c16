package org.heliograph.reader.parcels;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.heliograph.node.link.Manifest.PartKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of {@code reading.parcel_part}. */
@Component
class PartRows {
  private static final String SELECT =
      """
      select p.parcel_id, c.parcel_uuid, c.gateway_id, c.site_id, p.number, p.kind,
             p.content_encoding, p.length_bytes, p.digest, p.file_id, p.keeper, p.verified_bytes,
             p.state, p.attempt,
             coalesce(p.touched_at > clock_timestamp() - interval '10 minutes', false) as lately
      from reading.parcel_part p join reading.parcel c on c.id = p.parcel_id
      """;

  private final JdbcClient sql;
  private final UUID hub;

  PartRows(JdbcClient sql, HubIdentity hub) {
    this.sql = sql;
    this.hub = hub.id();
  }

  /** A part of a gateway's own parcel. */
  Optional<PartRow> find(UUID gateway, UUID parcelUuid, int number) {
    return sql.sql(SELECT + " where c.gateway_id = ? and c.parcel_uuid = ? and p.number = ?")
        .params(gateway, parcelUuid, number)
        .query(PartRows::row)
        .optional();
  }

  /** All parts of a gateway's own parcel, by number; empty if there is no such parcel. */
  List<PartRow> of(UUID gateway, UUID parcelUuid) {
    return sql.sql(SELECT + " where c.gateway_id = ? and c.parcel_uuid = ? order by p.number")
        .params(gateway, parcelUuid)
        .query(PartRows::row)
        .list();
  }

  Optional<PartRow> byId(UUID parcel, int number) {
    return sql.sql(SELECT + " where p.parcel_id = ? and p.number = ?")
        .params(parcel, number)
        .query(PartRows::row)
        .optional();
  }

  /** This hub's data folder has the file from now on, and it is empty. */
  void keptHere(PartRow part) {
    sql.sql(
            """
            update reading.parcel_part
            set keeper = ?, verified_bytes = 0, has_file = true, touched_at = clock_timestamp()
            where parcel_id = ? and number = ? and state = 'ARRIVING'
            """)
        .params(hub, part.parcel(), part.number())
        .update();
  }

  /** Bytes up to here are durable and were under a right checksum. */
  boolean verified(PartRow part, long bytes) {
    return sql.sql(
                """
                update reading.parcel_part
                set verified_bytes = ?, touched_at = clock_timestamp()
                where parcel_id = ? and number = ? and state = 'ARRIVING' and keeper = ?
                """)
            .params(bytes, part.parcel(), part.number(), hub)
            .update()
        == 1;
  }

  /** All bytes are here and right: the part waits to be unpacked. */
  boolean whole(PartRow part) {
    return sql.sql(
                """
                update reading.parcel_part
                set verified_bytes = length_bytes, touched_at = clock_timestamp(), state = 'WHOLE',
                    due_at = clock_timestamp(), attempt = 0
                where parcel_id = ? and number = ? and state = 'ARRIVING' and keeper = ?
                """)
            .params(part.parcel(), part.number(), hub)
            .update()
        == 1;
  }

  /** The part begins again; its file is empty or will not be read any more. */
  boolean reset(PartRow part) {
    return sql.sql(
                """
                update reading.parcel_part
                set verified_bytes = 0, state = 'ARRIVING', keeper = null, claimed_until = null,
                    touched_at = clock_timestamp()
                where parcel_id = ? and number = ? and state in ('ARRIVING', 'WHOLE')
                """)
            .params(part.parcel(), part.number())
            .update()
        == 1;
  }

  static PartRow row(ResultSet row, int number) throws SQLException {
    return new PartRow(
        row.getObject("parcel_id", UUID.class),
        row.getObject("parcel_uuid", UUID.class),
        row.getObject("gateway_id", UUID.class),
        row.getObject("site_id", UUID.class),
        row.getInt("number"),
        PartKind.valueOf(row.getString("kind")),
        row.getString("content_encoding"),
        row.getLong("length_bytes"),
        HexFormat.of().formatHex(row.getBytes("digest")),
        row.getObject("file_id", UUID.class),
        row.getObject("keeper", UUID.class),
        row.getLong("verified_bytes"),
        PartRow.State.valueOf(row.getString("state")),
        row.getBoolean("lately"),
        row.getInt("attempt"));
  }
}
