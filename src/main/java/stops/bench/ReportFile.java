package stops.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports as JSON and CSV, and reads them from JSON. {@code bench-schema.json} describes the
 * layout of the JSON.
 */
public final class ReportFile {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Limit of a report that is read. Reports have some hundred kilobytes. */
  private static final long MOST_BYTES = 1L << 26;

  private static final String CSV_HEADER =
      "engine,name,measure,conversion,bytes,samples,runs,median_s,lower_s,upper_s,best_s,"
          + "gigabytes_per_s,gigasamples_per_s,limit,limit_gigabytes_per_s,percent_of_limit,failure\n";

  private ReportFile() {}

  /** The report as JSON. */
  public static String json(BenchReport report) {
    return GSON.toJson(report) + "\n";
  }

  /**
   * Reads a report that {@link #json} made.
   *
   * @throws IOException if the file cannot be read, or is not a report
   */
  public static BenchReport read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it is too large for a report of stops bench");
    }
    BenchReport report;
    try {
      report = GSON.fromJson(Files.readString(file), BenchReport.class);
    } catch (CharacterCodingException | RuntimeException e) {
      // Gson throws several exceptions of its own, and wraps those of the records' constructors.
      throw new IOException("it is not a report of stops bench", e);
    }
    if (report == null || report.schemaVersion() != BenchReport.SCHEMA_VERSION) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "it is not a report of stops bench with layout %d",
              BenchReport.SCHEMA_VERSION));
    }
    return report;
  }

  /** The rows as CSV, with a header; units are in the names of the columns. */
  public static String csv(BenchReport report) {
    StringBuilder out = new StringBuilder(CSV_HEADER);
    for (BenchRow row : report.rows()) {
      Timing timing = row.timing();
      out.append(quoted(row.engine())).append(',');
      out.append(quoted(row.name())).append(',');
      out.append(row.measure().name()).append(',');
      out.append(quoted(row.conversion())).append(',');
      out.append(row.bytes()).append(',').append(row.samples()).append(',');
      if (timing == null) {
        out.append("0,,,,,");
      } else {
        out.append(timing.runs()).append(',');
        for (double seconds :
            new double[] {timing.median(), timing.lower(), timing.upper(), timing.best()}) {
          out.append(number(seconds)).append(',');
        }
      }
      out.append(number(row.gigabytesPerSecond())).append(',');
      out.append(number(row.gigasamplesPerSecond())).append(',');
      out.append(row.limit() == null ? "" : row.limit().name()).append(',');
      out.append(number(row.limitGigabytesPerSecond())).append(',');
      out.append(number(row.percentOfLimit())).append(',');
      out.append(row.failure() == null ? "" : quoted(row.failure())).append('\n');
    }
    return out.toString();
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
