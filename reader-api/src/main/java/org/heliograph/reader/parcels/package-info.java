/**
 * What gateways send: announced by a manifest, uploaded in parts that go on at the byte where they
 * were cut, unpacked into the archive by a queue, and confirmed by a signed receipt for each
 * object.
 */
@NullMarked
package org.heliograph.reader.parcels;

import org.jspecify.annotations.NullMarked;
