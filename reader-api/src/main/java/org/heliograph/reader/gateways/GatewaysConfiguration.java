package org.heliograph.reader.gateways;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(GatewaySettings.class)
class GatewaysConfiguration {}
