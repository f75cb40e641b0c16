/** Corrections of patients: other attributes, doubles made one, and taking either back. */
@org.jspecify.annotations.NullMarked
package org.heliograph.archive.patients;
