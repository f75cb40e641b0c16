/** Reject notes (IHE RAD IOCM) and the instances they hide. */
@org.jspecify.annotations.NullMarked
package org.heliograph.archive.reject;
