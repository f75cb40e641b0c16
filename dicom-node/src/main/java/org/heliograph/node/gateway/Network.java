package org.heliograph.node.gateway;

import java.net.InetAddress;

/** Addresses that begin with the same bits, such as 192.168.1.0/24; or one address. */
record Network(InetAddress address, int prefixBits) {
  /**
   * Reads an address or a network; names of computers are none, because a name server may lie.
   *
   * @throws IllegalArgumentException it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("no such network");
    }
    return new Network(address, prefix);
  }

  boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit += 8) {
      int mask = prefixBits - bit >= 8 ? 0xFF : 0xFF << (8 - (prefixBits - bit)) & 0xFF;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
