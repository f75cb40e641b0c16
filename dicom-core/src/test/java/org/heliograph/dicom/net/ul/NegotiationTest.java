package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.heliograph.dicom.data.AeTitle;
import org.heliograph.dicom.net.ul.AcceptorNegotiation.Preference;
import org.heliograph.dicom.net.ul.Association.AcceptedContext;
import org.heliograph.dicom.net.ul.Pdu.ContextResult.Result;
import org.heliograph.dicom.net.ul.UpperLayerStateMachine.Role;
import org.heliograph.dicom.net.ul.UserInformation.RoleSelection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NegotiationTest {
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String ECHO = "1.2.840.10008.1.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";
  private static final Caller CALLER = new Caller(InetAddress.getLoopbackAddress(), null);

  @ParameterizedTest
  @CsvSource({
    // proposed for the requestor, what the acceptor can be, then the roles of the requestor
    "SCU,         SCP,         SCU",
    "SCP,         SCU,         SCP",
    "SCU_AND_SCP, SCP,         SCU",
    "SCU_AND_SCP, SCU,         SCP",
    "SCU_AND_SCP, SCU_AND_SCP, SCU_AND_SCP",
    "SCP,         SCP,         NONE",
    "SCU,         SCU,         NONE",
    "NONE,        SCU_AND_SCP, NONE"
  })
  void roles_are_those_proposed_that_the_acceptor_can_take(
      ServiceRoles proposed, ServiceRoles acceptor, ServiceRoles expected) {
    var request = proposal().propose(CT, List.of(IMPLICIT)).roles(CT, proposed).toRequest();
    var negotiation = supporting(acceptor);

    var answer = accepted(negotiation, request);

    if (expected == ServiceRoles.NONE) {
      assertThat(answer.contexts().getFirst().result()).isEqualTo(Result.USER_REJECTION);
      assertThat(answer.userInformation().roles()).isEmpty();
    } else {
      assertThat(answer.userInformation().roles()).containsExactly(RoleSelection.of(CT, expected));
      assertThat(context(request, answer, Role.REQUESTOR).ours()).isEqualTo(expected);
      assertThat(context(request, answer, Role.ACCEPTOR).ours()).isEqualTo(expected.ofPeer());
    }
  }

  @Test
  void without_role_selection_the_requestor_is_scu_and_the_acceptor_scp() {
    var request = proposal().propose(CT, List.of(IMPLICIT)).toRequest();

    var answer = accepted(supporting(ServiceRoles.SCU_AND_SCP), request);

    assertThat(answer.userInformation().roles()).isEmpty();
    assertThat(context(request, answer, Role.REQUESTOR).ours()).isEqualTo(ServiceRoles.SCU);
    assertThat(context(request, answer, Role.ACCEPTOR).ours()).isEqualTo(ServiceRoles.SCP);
  }

  @Test
  void roles_that_were_not_answered_or_not_proposed_do_not_count() {
    var scp = List.of(new RoleSelection(CT, 0, 1));

    assertThat(Contexts.ofRequestor(CT, scp, List.of())).isEqualTo(ServiceRoles.SCU);
    assertThat(Contexts.ofRequestor(CT, List.of(), scp)).isEqualTo(ServiceRoles.SCU);
    assertThat(Contexts.ofRequestor(CT, scp, List.of(new RoleSelection(CT, 1, 1))))
        .isEqualTo(ServiceRoles.SCP);
  }

  @Test
  void a_sop_class_we_do_not_know_gets_no_role_and_no_extended_answer() {
    var request =
        proposal()
            .propose("1.2.3", List.of(IMPLICIT))
            .roles("1.2.3", ServiceRoles.SCP)
            .extended("1.2.3", new byte[] {1})
            .toRequest();

    var answer = accepted(supporting(ServiceRoles.SCU_AND_SCP), request);

    assertThat(answer.contexts().getFirst().result())
        .isEqualTo(Result.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    assertThat(answer.userInformation().roles()).isEmpty();
    assertThat(answer.userInformation().extended()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Preference.class)
  void the_transfer_syntax_is_the_first_of_the_side_that_is_preferred(Preference preference) {
    var negotiation =
        AcceptorNegotiation.builder(16384)
            .support(CT::equals, List.of(EXPLICIT, IMPLICIT), ServiceRoles.SCP, preference)
            .build();

    var answer =
        accepted(
            negotiation, proposal().propose(CT, List.of(JPEG_LS, IMPLICIT, EXPLICIT)).toRequest());

    assertThat(answer.contexts().getFirst().transferSyntax())
        .isEqualTo(preference == Preference.OURS ? EXPLICIT : IMPLICIT);
  }

  @Test
  void a_transfer_syntax_we_do_not_know_is_refused_as_such() {
    var answer =
        accepted(
            supporting(ServiceRoles.SCP), proposal().propose(CT, List.of(JPEG_LS)).toRequest());

    assertThat(answer.contexts().getFirst().result())
        .isEqualTo(Result.TRANSFER_SYNTAXES_NOT_SUPPORTED);
  }

  @Test
  void extended_negotiation_is_answered_by_the_service_and_known_to_both_sides() {
    var negotiation =
        AcceptorNegotiation.builder(16384)
            .support(CT, List.of(IMPLICIT))
            .extended(CT, proposed -> ByteBuffer.wrap(new byte[] {proposed.get(0), 0}))
            .extended(ECHO, _ -> null)
            .build();
    var request =
        proposal()
            .propose(CT, List.of(IMPLICIT))
            .extended(CT, new byte[] {1, 1})
            .extended(ECHO, new byte[] {1})
            .toRequest();

    var answer = accepted(negotiation, request).userInformation();

    assertThat(answer.extended(CT)).contains(ByteBuffer.wrap(new byte[] {1, 0}));
    assertThat(answer.extended(ECHO)).isEmpty();
  }

  @Test
  void a_specialization_is_taken_like_its_general_sop_class_if_the_acceptor_wants() {
    var request =
        proposal()
            .propose("1.2.3", List.of(IMPLICIT))
            .commonExtended("1.2.3", "1.2.840.10008.4.2", List.of("1.2.9", CT))
            .toRequest();
    var willing =
        AcceptorNegotiation.builder(16384)
            .support(CT, List.of(IMPLICIT))
            .acceptSpecializations()
            .build();

    assertThat(accepted(willing, request).contexts().getFirst().isAccepted()).isTrue();
    assertThat(accepted(willing, request).userInformation().commonExtended()).isEmpty();
    assertThat(accepted(supporting(ServiceRoles.SCP), request).contexts().getFirst().isAccepted())
        .isFalse();
  }

  @Test
  void a_window_of_many_operations_is_answered_with_one() {
    var plain = proposal().propose(CT, List.of(IMPLICIT)).toRequest();
    var info = new UserInformation.Builder(16384, "2.25.1", "PEER");
    info.asyncOperations(new UserInformation.AsyncOperations(0, 8));
    var asking =
        new Pdu.AssociateRq(1, "B", "A", Pdu.APPLICATION_CONTEXT, plain.contexts(), info.build());

    assertThat(accepted(supporting(ServiceRoles.SCP), plain).userInformation().asyncOperations())
        .isNull();
    assertThat(accepted(supporting(ServiceRoles.SCP), asking).userInformation().asyncOperations())
        .isEqualTo(new UserInformation.AsyncOperations(1, 1));
  }

  @Test
  void an_identity_is_verified_and_confirmed_only_when_asked() {
    var negotiation = verifying();
    var identity = UserIdentity.usernameAndPasscode("reader", "pässword");

    var silent = accepted(negotiation, request(identity));
    var confirmed = accepted(negotiation, request(identity.requestingResponse()));

    assertThat(silent.userInformation().identityResponse()).isNull();
    assertThat(confirmed.userInformation().identityResponse())
        .isEqualTo(
            new UserInformation.UserIdentityResponse(
                ByteBuffer.wrap("ok".getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void a_wrong_or_unknown_identity_is_rejected() {
    var wrong = request(UserIdentity.usernameAndPasscode("reader", "wrong"));
    var unknown = request(new UserIdentity(9, 0, ByteBuffer.allocate(1), ByteBuffer.allocate(0)));
    var none = proposal().propose(CT, List.of(IMPLICIT)).toRequest();

    for (var request : List.of(wrong, unknown, none)) {
      assertThat(verifying().answer(request, CALLER))
          .isEqualTo(new AssociationService.Reject(RejectReason.NO_REASON_GIVEN));
    }
  }

  @Test
  void without_a_verifier_identities_are_ignored() {
    var answer =
        accepted(
            supporting(ServiceRoles.SCP), request(UserIdentity.jwt("a.b.c").requestingResponse()));

    assertThat(answer.userInformation().identityResponse()).isNull();
  }

  @Test
  void credentials_of_all_types_travel_and_are_never_shown() throws Exception {
    var secret = "s3cr3t-marker";
    for (var identity :
        List.of(
            UserIdentity.username(secret),
            UserIdentity.usernameAndPasscode(secret, secret),
            UserIdentity.kerberos(secret.getBytes(StandardCharsets.UTF_8)),
            UserIdentity.saml(secret),
            UserIdentity.jwt(secret))) {
      var sent = PduEncoder.encode(request(identity));
      var read = (Pdu.AssociateRq) PduGoldenTest.decode(sent);

      assertThat(read.userInformation().identity()).isEqualTo(identity);
      assertThat(identity.primaryText()).isEqualTo(secret);
      assertThat(identity.kind()).isPresent();
      assertThat(read.toString()).doesNotContain(secret);
      assertThat(new UserIdentityVerifier.Verified(identity.primary()).toString())
          .doesNotContain(secret);
    }
  }

  private static AssociationProposal proposal() {
    return AssociationProposal.of(new AeTitle("A"), new AeTitle("B"));
  }

  private static Pdu.AssociateRq request(UserIdentity identity) {
    return proposal().propose(CT, List.of(IMPLICIT)).identity(identity).toRequest();
  }

  private static AcceptorNegotiation supporting(ServiceRoles ours) {
    return AcceptorNegotiation.builder(16384)
        .support(CT::equals, List.of(EXPLICIT, IMPLICIT), ours, Preference.OURS)
        .build();
  }

  private static AcceptorNegotiation verifying() {
    return AcceptorNegotiation.builder(16384)
        .support(CT, List.of(IMPLICIT))
        .identities((identity, _, _) ->
            identity != null
                    && identity.primaryText().equals("reader")
                    && identity.passcode().equals("pässword")
                ? new UserIdentityVerifier.Verified(
                    ByteBuffer.wrap("ok".getBytes(StandardCharsets.UTF_8)))
                : new UserIdentityVerifier.Refused(RejectReason.NO_REASON_GIVEN))
        .build();
  }

  private static AssociationService.Accept accepted(
      AcceptorNegotiation negotiation, Pdu.AssociateRq request) {
    return (AssociationService.Accept) negotiation.answer(request, CALLER);
  }

  private static AcceptedContext context(
      Pdu.AssociateRq request, AssociationService.Accept accept, Role side) {
    var contexts = new Contexts();
    request.contexts().forEach(contexts::propose);
    contexts.established(
        request,
        new Pdu.AssociateAc(
            1, "B", "A", Pdu.APPLICATION_CONTEXT, accept.contexts(), accept.userInformation()),
        side);
    return contexts.accepted().values().iterator().next();
  }
}
