package stops.tween;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import stops.image.ImageException;

/**
 * The rows of a small table of comma-separated values (RFC 4180). Fields may be quoted. Blank lines
 * and lines that begin with # count for nothing. A first row that names a column {@code frame} is
 * the header, and columns are then found by name; others are left alone.
 */
final class CsvRows {
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_CHARS = 4096;
  private static final int MOST_ROWS = 200_000;

  private final Path file;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private boolean headed;

  /** A row: its line in the file, counted from 1, and its fields. */
  record Row(int line, List<String> fields) {}

  private CsvRows(Path file, List<String> names) {
    this.file = file;
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), i);
    }
  }

  /**
   * Reads a file.
   *
   * @param names the columns of a file without a header, in order
   * @throws ImageException if it cannot be read, is too large or is no table
   */
  static CsvRows read(Path file, List<String> names) throws ImageException {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw ImageException.unreadable(file, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw ImageException.input(file, "is larger than 16 MiB; is it a table of frames?");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    CsvRows table = new CsvRows(file, names);
    String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank() && !lines[i].stripLeading().startsWith("#")) {
        table.add(new Row(i + 1, table.fields(i + 1, lines[i])));
      }
    }
    return table;
  }

  private void add(Row row) throws ImageException {
    if (rows.isEmpty() && !headed) {
      List<String> names =
          row.fields().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
      if (names.contains("frame")) {
        headed = true;
        columns.clear();
        for (int i = 0; i < names.size(); i++) {
          columns.putIfAbsent(names.get(i), i);
        }
        return;
      }
    }
    if (!headed && row.fields().size() > columns.size()) {
      throw problem(
          row.line(),
          columns.size(),
          "is one too many; without a header there are "
              + String.join(", ", columns.keySet())
              + ", and decimals are written with a point");
    }
    if (rows.size() == MOST_ROWS) {
      throw problem(row.line(), 0, "is beyond " + MOST_ROWS + " rows");
    }
    rows.add(row);
  }

  private List<String> fields(int line, String text) throws ImageException {
    if (text.length() > MOST_CHARS) {
      throw problem(line, 0, "is part of a line of more than " + MOST_CHARS + " characters");
    }
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"' && (quoted || field.toString().isBlank())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    if (quoted) {
      throw problem(line, fields.size() - 1, "has a quotation mark that does not end");
    }
    if (fields.size() == 1 && text.contains(";")) {
      throw problem(line, 0, "has semicolons; separate columns with commas");
    }
    return fields;
  }

  List<Row> rows() {
    return rows;
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** The field of a column; empty if there is none. */
  String field(Row row, String column) {
    Integer place = columns.get(column);
    return place == null || place >= row.fields().size() ? "" : row.fields().get(place);
  }

  /** The number of a frame in the column {@code frame}. */
  int frame(Row row) throws ImageException {
    String text = field(row, "frame");
    try {
      return KeySyntax.frame(text);
    } catch (IllegalArgumentException e) {
      throw problem(row, "frame", String.valueOf(e.getMessage()));
    }
  }

  /** A problem of a field, to be thrown. */
  ImageException problem(Row row, String column, String problem) {
    return ImageException.input(
        file,
        String.format(
            Locale.ROOT,
            "line %d, column %d (%s): %s",
            row.line(),
            columns.getOrDefault(column, 0) + 1,
            column,
            problem));
  }

  private ImageException problem(int line, int place, String problem) {
    return ImageException.input(
        file, String.format(Locale.ROOT, "line %d, column %d: %s", line, place + 1, problem));
  }
}
