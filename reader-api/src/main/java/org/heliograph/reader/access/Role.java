package org.heliograph.reader.access;

/** What a person is in the network; decides what they may see. */
public enum Role {
  CLINIC,
  READER,
  REFERRER,
  COORDINATOR,
  ADMINISTRATOR
}
