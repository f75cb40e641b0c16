/** What survives a power cut: the file operations that it rests on, behind one interface. */
@NullMarked
package org.heliograph.dicom.durable;

import org.jspecify.annotations.NullMarked;
