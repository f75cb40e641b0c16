package org.heliograph.samples.benchmark;

import java.util.Collection;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Our side of the figures: JMH in a process of its own, one thread, operations a second. */
final class JmhRun {
  private static final int WARM_UPS = 4;
  private static final int MEASUREMENTS = 6;
  private static final int SECONDS = 2;

  private final Collection<RunResult> results;

  private JmhRun(Collection<RunResult> results) {
    this.results = results;
  }

  static JmhRun of(String filesFolder, Class<?>... benchmarks) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    for (Class<?> benchmark : benchmarks) {
      options.include(benchmark.getName().replace(".", "\\.") + "\\.");
    }
    options
        .mode(Mode.Throughput)
        .forks(1)
        .warmupIterations(WARM_UPS)
        .warmupTime(TimeValue.seconds(SECONDS))
        .measurementIterations(MEASUREMENTS)
        .measurementTime(TimeValue.seconds(SECONDS))
        .shouldFailOnError(true)
        .jvmArgsAppend("-Xmx1g", "-D" + BenchmarkFiles.FOLDER_PROPERTY + "=" + filesFolder);
    return new JmhRun(new Runner(options.build()).run());
  }

  /** Operations a second of a method, for one kind of file where it has kinds. */
  double perSecond(String method, String kind) {
    return find(method, kind).getPrimaryResult().getScore();
  }

  /** Half the width of the 99.9 % confidence interval of {@link #perSecond}. */
  double error(String method, String kind) {
    double error = find(method, kind).getPrimaryResult().getScoreError();
    return Double.isNaN(error) ? 0 : error;
  }

  private RunResult find(String method, String kind) {
    for (RunResult result : results) {
      String of = result.getParams().getParam("kind");
      boolean sameKind = of == null || of.equals(kind);
      if (result.getPrimaryResult().getLabel().equals(method) && sameKind) {
        return result;
      }
    }
    throw new IllegalStateException("no result of " + method + " " + kind);
  }
}
