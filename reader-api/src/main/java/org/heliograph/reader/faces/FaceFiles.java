package org.heliograph.reader.faces;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Each face is a folder of the viewer's jar. Its page answers for all addresses below it, so that
 * {@code /read/case/…} can be opened and reloaded; files with a hash in their name are cached for
 * ever, pages never.
 */
@Configuration
class FaceFiles implements WebMvcConfigurer {
  static final List<String> FACES = List.of("read", "clinic", "inbox", "login", "setup", "desk");
  private static final String ROOT = "classpath:/META-INF/resources/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(ROOT + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    for (String face : FACES) {
      registry
          .addResourceHandler("/" + face, "/" + face + "/**")
          .addResourceLocations(ROOT + face + "/")
          .setCacheControl(CacheControl.noCache())
          .resourceChain(true)
          .addResolver(new PageForAllBelow());
    }
    // The clinic's service worker: its address never changes, its content does.
    registry
        .addResourceHandler("/clinic-sw.js")
        .addResourceLocations(ROOT)
        .setCacheControl(CacheControl.noCache());
    registry
        .addResourceHandler("/favicon.svg", "/favicon.ico", "/robots.txt")
        .addResourceLocations(ROOT)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(1)));
  }

  /** The file of this name, or the face's page if the address does not look like a file's. */
  private static final class PageForAllBelow extends PathResourceResolver {
    @Override
    protected @Nullable Resource getResource(String path, Resource location)
        throws java.io.IOException {
      Resource file = path.isEmpty() ? null : super.getResource(path, location);
      if (file != null && file.isReadable()) {
        return file;
      }
      String last = path.substring(path.lastIndexOf('/') + 1);
      return last.contains(".") ? null : super.getResource("index.html", location);
    }
  }
}
