/** The gateways of clinics: who they are, how they enrol, how they are, and what they are told. */
@NullMarked
package org.heliograph.reader.gateways;

import org.jspecify.annotations.NullMarked;
