package org.heliograph.dicom.net.ul;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection came from, as far as the transport can tell. An AE title is a claim; an
 * address or a certificate that was verified is evidence.
 *
 * @param address the peer's address
 * @param tls how the connection is protected, null on plain TCP
 */
public record Caller(InetAddress address, @Nullable TlsPeer tls) {}
