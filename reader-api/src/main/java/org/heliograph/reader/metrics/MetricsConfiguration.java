package org.heliograph.reader.metrics;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(AlarmSettings.class)
class MetricsConfiguration {}
