package org.heliograph.reader.gateways;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How gateways are treated, {@code heliograph.gateways.*}.
 *
 * @param silent after how long without a word a gateway counts as silent
 * @param writers how many uploads of parts may be under way at once
 * @param writersPerSite how many of one site
 * @param lease how long a part belongs to whoever unpacks it, without a sign of life
 * @param previewsKept how long previews are kept after the pictures themselves came
 * @param abandonedAfter after how long without a byte an unfinished part's bytes are given up
 */
@ConfigurationProperties("heliograph.gateways")
public record GatewaySettings(
    @DefaultValue("15m") Duration silent,
    @DefaultValue("64") int writers,
    @DefaultValue("8") int writersPerSite,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("7d") Duration previewsKept,
    @DefaultValue("30d") Duration abandonedAfter) {}
