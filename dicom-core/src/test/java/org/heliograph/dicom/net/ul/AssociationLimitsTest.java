package org.heliograph.dicom.net.ul;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AssociationLimitsTest {
  @Test
  void a_peer_at_its_limit_leaves_room_for_others_up_to_the_total() throws UnknownHostException {
    var first = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    var second = InetAddress.getByAddress(new byte[] {10, 0, 0, 2});
    var limits = new AssociationLimits(3, 2);

    assertThat(limits.tryEnter(first)).isTrue();
    assertThat(limits.tryEnter(first)).isTrue();
    assertThat(limits.tryEnter(first)).isFalse();
    assertThat(limits.tryEnter(second)).isTrue();
    assertThat(limits.tryEnter(second)).isFalse();

    limits.leave(first);
    assertThat(limits.tryEnter(second)).isTrue();
  }
}
