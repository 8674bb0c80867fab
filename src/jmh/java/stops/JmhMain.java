package stops;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks. If a class also measures a plain copy, prints each of its scores as a fraction
 * of the copy's.
 *
 * <pre>
 * mvn -Pjmh package                                        every benchmark, for hours
 * mvn -Pjmh package -Djmh="-t 2 ConversionBenchmark"       some, with arguments of JMH
 * mvn -Pjmh package -Djmh="ExrReader -p compression=ZIP"
 * mvn -Pjmh package -Djmh=-l                               their names
 * </pre>
 */
public final class JmhMain {
  private static final String COPY = "copy";

  private JmhMain() {}

  /** Runs JMH with {@code arguments}. */
  public static void main(String[] arguments) throws Exception {
    CommandLineOptions options = new CommandLineOptions(arguments);
    Runner runner = new Runner(options);
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      runner.list();
    } else {
      print(runner.run());
    }
  }

  /** Prints scores, of which higher ones are better, as fractions of the copy of the same class. */
  private static void print(Collection<RunResult> results) {
    Map<String, Double> copies = new TreeMap<>();
    for (RunResult result : results) {
      if (method(result).equals(COPY)) {
        copies.put(owner(result), result.getPrimaryResult().getScore());
      }
    }
    for (RunResult result : results) {
      Double copy = copies.get(owner(result));
      if (copy != null) {
        double score = result.getPrimaryResult().getScore();
        System.out.printf(Locale.ROOT, "%-30s %.2f of the copy%n", method(result), score / copy);
      }
    }
  }

  private static String owner(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
