package org.heliograph.reader.ups;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Where the notification connections are opened. The security chain has let the request through;
 * pages of other origins are refused, since a browser sends cookies along with them.
 */
@Configuration
@EnableWebSocket
class EventChannelConfiguration implements WebSocketConfigurer {
  private final EventChannels channels;

  EventChannelConfiguration(EventChannels channels) {
    this.channels = channels;
  }

  @Override
  public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
    // Without allowed origins only those of the hub itself are let in.
    registry
        .addHandler(channels, "/dicomweb/subscribers/{aetitle}")
        .addInterceptors(new KeepsWhoAsked());
  }

  private static final class KeepsWhoAsked implements HandshakeInterceptor {
    @Override
    public boolean beforeHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        Map<String, Object> attributes) {
      attributes.put(EventChannels.CONTEXT, SecurityContextHolder.getContext());
      var session =
          request instanceof ServletServerHttpRequest servlet
              ? servlet.getServletRequest().getSession(false)
              : null;
      if (session != null) {
        attributes.put(EventChannels.SESSION, session);
      }
      return true;
    }

    @Override
    public void afterHandshake(
        ServerHttpRequest request,
        ServerHttpResponse response,
        WebSocketHandler handler,
        @Nullable Exception fault) {}
  }
}
