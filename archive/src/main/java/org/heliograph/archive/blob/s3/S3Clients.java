package org.heliograph.archive.blob.s3;

import io.minio.MinioAsyncClient;
import io.minio.credentials.StaticProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The client in two forms over one pool of connections: for requests, which end by a deadline, and
 * for reads, whose content may flow for as long as the reader takes. It never repeats a request by
 * itself; {@link S3Calls} does, knowing what the request was.
 */
final class S3Clients implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OkHttpClient http;
  private final MinioAsyncClient requests;
  private final MinioAsyncClient reads;

  S3Clients(S3Settings settings, Dns names) {
    S3Limits limits = settings.limits();
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(limits.requests());
    dispatcher.setMaxRequestsPerHost(limits.requests());
    this.http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .dns(names)
            .connectionPool(
                new ConnectionPool(limits.requests(), KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(true)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(limits.connect())
            .readTimeout(limits.silence())
            .writeTimeout(limits.silence())
            .callTimeout(limits.call())
            .build();
    this.requests = client(settings, http);
    this.reads = client(settings, http.newBuilder().callTimeout(Duration.ZERO).build());
  }

  private static MinioAsyncClient client(S3Settings settings, OkHttpClient http) {
    S3Credentials credentials = settings.credentials();
    MinioAsyncClient client =
        MinioAsyncClient.builder()
            .endpoint(settings.endpoint().toString())
            .region(settings.region())
            .credentialsProvider(
                new StaticProvider(
                    credentials.accessKey(), credentials.secretKey(), credentials.sessionToken()))
            .httpClient(http)
            .build();
    switch (settings.addressing()) {
      case AUTOMATIC -> {}
      case PATH -> client.disableVirtualStyleEndpoint();
      case VIRTUAL_HOST -> client.enableVirtualStyleEndpoint();
    }
    return client;
  }

  MinioAsyncClient requests() {
    return requests;
  }

  MinioAsyncClient reads() {
    return reads;
  }

  /** Connections in use; what is not given back shows here. */
  int busyConnections() {
    return http.connectionPool().connectionCount() - http.connectionPool().idleConnectionCount();
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    threads.shutdownNow();
    http.connectionPool().evictAll();
  }
}
