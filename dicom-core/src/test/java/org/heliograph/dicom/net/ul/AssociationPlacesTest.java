package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssociationPlacesTest {
  @Test
  void a_peer_at_its_limit_leaves_room_for_others_up_to_the_total() throws Exception {
    var places = new AssociationPlaces(AssociationLimits.of(3, 2));

    assertThat(places.tryEnter(from("A"), at(1))).isTrue();
    assertThat(places.tryEnter(from("A"), at(1))).isTrue();
    assertThat(places.tryEnter(from("A"), at(1))).isFalse();
    assertThat(places.tryEnter(from("A"), at(2))).isTrue();
    assertThat(places.tryEnter(from("A"), at(2))).isFalse();

    places.leave(from("A"), at(1));
    assertThat(places.tryEnter(from("A"), at(2))).isTrue();
  }

  @Test
  void a_calling_ae_title_at_its_limit_leaves_room_for_others() throws Exception {
    var places = new AssociationPlaces(AssociationLimits.of(9, 9).perCallingAe(1));

    assertThat(places.tryEnter(from("A"), at(1))).isTrue();
    assertThat(places.tryEnter(from("A"), at(2))).isFalse();
    assertThat(places.tryEnter(from("B"), at(1))).isTrue();

    places.leave(from("A"), at(1));
    assertThat(places.tryEnter(from("A"), at(2))).isTrue();
  }

  @Test
  void strangers_cannot_take_the_last_places() throws Exception {
    var places =
        new AssociationPlaces(
            AssociationLimits.of(4, 4)
                .reserve(2, (request, _) -> request.callingAe().equals("KNOWN")));

    assertThat(places.tryEnter(from("S1"), at(1))).isTrue();
    assertThat(places.tryEnter(from("S2"), at(2))).isTrue();
    assertThat(places.tryEnter(from("S3"), at(3))).isFalse();
    assertThat(places.tryEnter(from("KNOWN"), at(3))).isTrue();
    assertThat(places.tryEnter(from("KNOWN"), at(3))).isTrue();
    assertThat(places.tryEnter(from("KNOWN"), at(3))).isFalse();
  }

  @Test
  void silent_connections_are_bounded_in_all_and_from_each_address() throws Exception {
    var connections = new OpenConnections(AssociationLimits.of(1000, 100));
    var first = at(1).address();

    var opened = 0;
    while (connections.tryOpen(first)) {
      opened++;
    }

    assertThat(opened).isEqualTo(612);
    assertThat(connections.tryOpen(at(2).address())).isTrue();
    connections.closed(first);
    assertThat(connections.tryOpen(first)).isTrue();
  }

  private static Caller at(int host) throws UnknownHostException {
    return new Caller(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host}), null);
  }

  private static Pdu.AssociateRq from(String callingAe) {
    return new Pdu.AssociateRq(
        1, "US", callingAe, Pdu.APPLICATION_CONTEXT, List.of(), UserInformation.of(0, "", ""));
  }
}
