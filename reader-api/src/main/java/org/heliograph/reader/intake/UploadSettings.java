package org.heliograph.reader.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The limits of uploads, {@code heliograph.uploads.*}. */
@ConfigurationProperties("heliograph.uploads")
record UploadSettings(
    @DefaultValue("26214400") long largestPhotoBytes,
    @DefaultValue("40") int photosPerCase,
    @DefaultValue("7d") Duration expiry) {}
