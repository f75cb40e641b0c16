package org.heliograph.reader.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.heliograph.reader.audit.AuditActor;

/** What a session keeps of its person: it ends when the password is changed after this time. */
record SignedIn(UUID auditId, String auditName, Instant passwordChangedAt)
    implements AuditActor, Serializable {}
