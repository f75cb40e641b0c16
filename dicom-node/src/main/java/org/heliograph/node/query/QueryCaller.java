package org.heliograph.node.query;

import java.net.InetAddress;
import org.heliograph.dicom.data.AeTitle;

/** Who asks: what it may see and where it may have things sent is for the catalog to decide. */
public record QueryCaller(AeTitle callingAe, InetAddress peer) {}
