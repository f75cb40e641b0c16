package org.heliograph.reader.metrics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the oldest of each queue may wait, {@code heliograph.alarm.*}; beyond it there is an
 * alarm.
 */
@ConfigurationProperties("heliograph.alarm")
public record AlarmSettings(
    @DefaultValue("10m") Duration arrivals,
    @DefaultValue("15m") Duration publications,
    @DefaultValue("1h") Duration parked,
    @DefaultValue("6d") Duration eventReports,
    @DefaultValue("1h") Duration emergencyCases,
    @DefaultValue("4h") Duration urgentCases,
    @DefaultValue("48h") Duration routineCases) {}
