package stops.tween;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.engine.ExactStops;
import stops.image.ImageException;
import stops.text.OneLine;

/** A table of measured exposures, to be read, edited and used again. */
public final class MeasuredFile {
  private static final List<String> COLUMNS = List.of("frame", "measured", "percent", "note");

  private MeasuredFile() {}

  /** Writes a table. An existing file is replaced in one step. */
  public static void write(Path file, List<Measured> all) throws ImageException {
    StringBuilder text =
        new StringBuilder("# Exposure in stops. An empty one is interpolated.\n")
            .append(String.join(",", COLUMNS))
            .append('\n');
    for (Measured each : all) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%.1f,%s\n",
              each.frame(),
              each.stops() == null ? "" : each.stops(),
              each.percent(),
              quoted(OneLine.of(each.note()))));
    }
    CurveFile.write(file, text.toString());
  }

  private static String quoted(String note) {
    // A row is read up to a length, and a name of a file can be as long.
    String shown = note.length() > 1000 ? note.substring(0, 1000) + "..." : note;
    return shown.isEmpty() ? "" : '"' + shown.replace("\"", "\"\"") + '"';
  }

  /** Reads a table. */
  public static List<Measured> read(Path file) throws ImageException {
    CsvRows table = CsvRows.read(file, COLUMNS);
    if (!table.has("measured")) {
      throw ImageException.input(
          file, "has no column measured; its header is " + String.join(",", COLUMNS));
    }
    List<Measured> all = new ArrayList<>();
    Set<Integer> frames = new HashSet<>();
    for (CsvRows.Row row : table.rows()) {
      int frame = table.frame(row);
      if (!frames.add(frame)) {
        throw table.problem(row, "frame", "frame " + frame + " is there twice");
      }
      all.add(new Measured(frame, stops(table, row), 100, table.field(row, "note")));
    }
    return all;
  }

  private static @Nullable ExactStops stops(CsvRows table, CsvRows.Row row) throws ImageException {
    String text = table.field(row, "measured");
    try {
      return text.isEmpty() ? null : KeySyntax.stops(text);
    } catch (IllegalArgumentException e) {
      throw table.problem(row, "measured", String.valueOf(e.getMessage()));
    }
  }
}
