package org.heliograph.reader.access;

import java.io.Serializable;
import java.util.UUID;
import org.heliograph.reader.audit.AuditActor;

/** What a session keeps of its person. */
record SignedIn(UUID auditId, String auditName) implements AuditActor, Serializable {}
