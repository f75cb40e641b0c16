package org.heliograph.reader;

/**
 * Stops what has been started when the process is asked to stop, also in the middle of starting.
 * Spring's own hook is off: the database must outlive everything that uses it.
 */
final class StopHook {
  private volatile Runnable action = () -> {};
  private volatile boolean exitWithZero;
  private final Thread thread = Thread.ofPlatform().name("stop").unstarted(this::stop);

  private StopHook() {}

  static StopHook register() {
    StopHook hook = new StopHook();
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  /** What to stop from now on. */
  void stops(Runnable newAction) {
    action = newAction;
  }

  void exitWithZero() {
    exitWithZero = true;
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // Already stopping: this is the hook's own call.
    }
  }

  private void stop() {
    action.run();
    if (exitWithZero) {
      Runtime.getRuntime().halt(ExitCode.OK.code());
    }
  }
}
