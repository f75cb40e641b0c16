package org.heliograph.reader.hl7;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.heliograph.reader.audit.AuditAction;
import org.heliograph.reader.audit.AuditEvent;
import org.heliograph.reader.audit.AuditKind;
import org.heliograph.reader.audit.AuditTrail;
import org.heliograph.reader.orders.OrderRefusedException;
import org.heliograph.reader.orders.Orders;
import org.heliograph.reader.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies a message and answers it: AA when its orders are durable, AE or AR when it lies among the
 * dead letters, durable too. A message that comes again, known by its control ID (MSH-10) and its
 * bytes, is answered and not applied again.
 */
@Component
public class InboundMessages {
  private static final Logger log = LoggerFactory.getLogger(InboundMessages.class);
  private static final String REMEMBER =
      """
      insert into reading.hl7_message (source_id, control_id, digest, applied_at)
      values (?, ?, ?, clock_timestamp()) on conflict do nothing
      """;

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Hl7Sources sources;
  private final Orders orders;
  private final DeadLetters deadLetters;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final OrderReader reader = new OrderReader();

  InboundMessages(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      Hl7Sources sources,
      Orders orders,
      DeadLetters deadLetters,
      AuditTrail audit,
      InstantSource clock) {
    this.sql = sql;
    this.transactions = new TransactionTemplate(transactions);
    this.sources = sources;
    this.orders = orders;
    this.deadLetters = deadLetters;
    this.audit = audit;
    this.clock = clock;
  }

  /** For commands that run without the hub's parts. */
  public static InboundMessages over(DataSource database, InstantSource clock) {
    return new InboundMessages(
        JdbcClient.create(database),
        new JdbcTransactionManager(database),
        Hl7Sources.over(database),
        Orders.over(database, clock),
        DeadLetters.over(database),
        AuditTrail.over(database),
        clock);
  }

  /**
   * Takes the content of a frame.
   *
   * @param peer the sender's address
   * @return the answer, in as many bytes as characters
   */
  byte[] receive(byte[] message, String peer) {
    MessageHeader header = MessageHeader.of(message);
    String answer;
    try {
      Optional<RefusedException> refused = take(message, header, peer);
      answer =
          refused.isEmpty()
              ? Acknowledgement.accepted(header, clock.instant())
              : Acknowledgement.refused(header, clock.instant(), refused.get());
    } catch (DataAccessException | TransactionException | DeadLettersFullException e) {
      log.error("event=hl7.message.not-kept peer={} fault={}", peer, e.getClass().getSimpleName());
      answer = Acknowledgement.notNow(header, clock.instant());
    }
    return answer.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Tries a dead letter again.
   *
   * @return why it still cannot be applied, or empty if it was
   * @throws org.heliograph.reader.problem.ProblemException there is none
   */
  public Optional<ProblemCode> retry(long id) {
    byte[] message = deadLetters.message(id);
    String peer = deadLetters.peer(id).orElse("");
    return take(message, MessageHeader.of(message), peer)
        .map(refused -> refused.refusal().problem());
  }

  private Optional<RefusedException> take(byte[] message, MessageHeader header, String peer) {
    byte[] digest = digest(message);
    Hl7Source source = null;
    try {
      String text = MessageText.of(message, header);
      source = source(header);
      if (header.controlId().isEmpty()) {
        throw new RefusedException(Refusal.FIELD_MISSING, "MSH-10");
      }
      apply(source, header, digest, reader.read(text, header, source.issuer()), peer);
      return Optional.empty();
    } catch (RefusedException e) {
      keep(message, digest, peer, source, header, e);
      return Optional.of(e);
    }
  }

  private Hl7Source source(MessageHeader header) throws RefusedException {
    return sources
        .find(
            MessageHeader.name(utf8(header.sendingApplication())),
            MessageHeader.name(utf8(header.sendingFacility())))
        .orElseThrow(() -> new RefusedException(Refusal.SENDER_UNKNOWN, "MSH-3"));
  }

  private void apply(
      Hl7Source source, MessageHeader header, byte[] digest, OrderMessage message, String peer)
      throws RefusedException {
    try {
      boolean fresh =
          Boolean.TRUE.equals(
              transactions.execute(_ -> {
                if (sql.sql(REMEMBER).params(source.id(), header.controlId(), digest).update()
                    == 0) {
                  return false;
                }
                message.actions().forEach(action -> apply(source, action, peer));
                deadLetters.applied(digest);
                return true;
              }));
      log.info(
          "event=hl7.message.{} source={} orders={}",
          fresh ? "applied" : "repeated",
          source.id(),
          message.actions().size());
    } catch (OrderRefusedException e) {
      throw new RefusedException(
          switch (e.reason()) {
            case UNKNOWN -> Refusal.ORDER_UNKNOWN;
            case CANCELLED -> Refusal.ORDER_CANCELLED;
            case DONE -> Refusal.ORDER_DONE;
            case AMBIGUOUS -> Refusal.ORDER_AMBIGUOUS;
          },
          "ORC-2",
          e);
    } catch (IllegalArgumentException | IllegalStateException e) {
      log.error("event=hl7.message.failed fault={}", e.getClass().getName());
      throw new RefusedException(Refusal.FAULT, "", e);
    }
  }

  private void apply(Hl7Source source, OrderMessage.Action action, String peer) {
    switch (action) {
      case OrderMessage.Place place ->
          record(
              orders.place(source.siteId(), place.order(), place.placing()),
              AuditAction.UPDATE,
              peer);
      case OrderMessage.Cancel cancel ->
          record(orders.cancel(source.siteId(), cancel.numbers()), AuditAction.DELETE, peer);
      case OrderMessage.Nothing _ -> {}
    }
  }

  private void record(java.util.UUID order, AuditAction action, String peer) {
    audit.record(
        AuditEvent.of(AuditKind.ORDER_RECORD, action)
            .about("order", order)
            .by(null, "HL7")
            .from(peer));
  }

  private void keep(
      byte[] message,
      byte[] digest,
      String peer,
      @Nullable Hl7Source source,
      MessageHeader header,
      RefusedException cause) {
    if (!deadLetters.keep(message, digest, peer, source, header.controlId(), cause)) {
      throw new DeadLettersFullException();
    }
    log.warn(
        "event=hl7.message.refused peer={} code={} place={}",
        peer,
        cause.refusal().problem().code(),
        cause.place());
  }

  /** The list has as many as it may have, so nothing more is kept. */
  private static final class DeadLettersFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static byte[] digest(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
