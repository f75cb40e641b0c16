/**
 * Reports: draft, preliminary, final and what succeeds it, and the forms one signed report takes:
 * PDF, Encapsulated PDF and Basic Text SR.
 */
@NullMarked
package org.heliograph.reader.report;

import org.jspecify.annotations.NullMarked;
