package org.heliograph.node.watch;

/** Something in a case.properties that a person has to correct; the message is for them. */
final class CaseProblem extends Exception {
  CaseProblem(String message) {
    super(message);
  }
}
