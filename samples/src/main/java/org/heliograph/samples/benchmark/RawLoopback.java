package org.heliograph.samples.benchmark;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the machine's loopback gives without DICOM: as many bytes as an instance has from one
 * process's socket to another thread's buffer, and one byte back.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init")
public class RawLoopback {
  private static final int BUFFER_BYTES = 256 * 1024;

  @Param({"ct", "dx"})
  public String kind;

  private byte[] instance;
  private ServerSocket listener;
  private Socket socket;

  @Setup
  public void connect() throws IOException {
    instance = StoreLoopback.dataset(kind);
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::discard);
    socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
    socket.setTcpNoDelay(true);
  }

  @TearDown
  public void close() throws IOException {
    socket.close();
    listener.close();
  }

  @Benchmark
  public int rawLoopback() throws IOException {
    OutputStream out = socket.getOutputStream();
    for (int at = 0; at < instance.length; at += BUFFER_BYTES) {
      out.write(instance, at, Math.min(BUFFER_BYTES, instance.length - at));
    }
    return socket.getInputStream().read();
  }

  private void discard() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (Socket peer = listener.accept();
        DataInputStream in = new DataInputStream(peer.getInputStream())) {
      peer.setTcpNoDelay(true);
      while (true) {
        for (int left = instance.length; left > 0; ) {
          int read = in.read(buffer, 0, Math.min(buffer.length, left));
          if (read < 0) {
            return;
          }
          left -= read;
        }
        peer.getOutputStream().write(1);
      }
    } catch (IOException _) {
      // the benchmark has closed it
    }
  }
}
