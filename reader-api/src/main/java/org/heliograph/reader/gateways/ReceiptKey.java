package org.heliograph.reader.gateways;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.heliograph.node.link.Receipt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key that signs receipts (Ed25519, RFC 8032): made by the first hub process that needs it, and
 * kept in the database, so that it is in each backup and all processes sign alike.
 */
@Component
public class ReceiptKey {
  private static final String ALGORITHM = "Ed25519";

  private final JdbcClient sql;
  private volatile @Nullable Loaded loaded;

  ReceiptKey(JdbcClient sql) {
    this.sql = sql;
  }

  private record Loaded(PrivateKey key, String publicKey) {}

  /** The public key: Base64 of the X.509 form. */
  public String publicKey() {
    return key().publicKey();
  }

  /** A signed receipt. */
  public Receipt sign(
      UUID gateway,
      UUID parcel,
      String object,
      String digest,
      Receipt.Outcome outcome,
      Instant storedAt,
      String code) {
    var unsigned = new Receipt(parcel, object, digest, outcome, storedAt, code, "");
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key().key());
      signature.update(unsigned.signedBytes(gateway));
      return new Receipt(
          parcel,
          object,
          digest,
          outcome,
          storedAt,
          code,
          Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  private Loaded key() {
    Loaded known = loaded;
    if (known != null) {
      return known;
    }
    try {
      KeyPair fresh = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      sql.sql(
              """
              insert into reading.receipt_key (private_key, public_key) values (?, ?)
              on conflict (single) do nothing
              """)
          .params(fresh.getPrivate().getEncoded(), fresh.getPublic().getEncoded())
          .update();
      Loaded read =
          sql.sql("select private_key, public_key from reading.receipt_key")
              .query((row, n) ->
                  new Loaded(
                      privateKey(row.getBytes("private_key")),
                      Base64.getEncoder().encodeToString(row.getBytes("public_key"))))
              .single();
      loaded = read;
      return read;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  private static PrivateKey privateKey(byte[] encoded) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key in the database is not one", e);
    }
  }
}
