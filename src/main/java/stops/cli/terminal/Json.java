package stops.cli.terminal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/**
 * Results as JSON: records and maps, names as in the code. JSON has no infinities and no NaN; they
 * are the texts {@code "Infinity"}, {@code "-Infinity"} and {@code "NaN"}.
 */
public final class Json {
  private static final Gson LINE =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapter(
              Double.class,
              (JsonSerializer<Double>)
                  (value, type, context) ->
                      Double.isFinite(value)
                          ? new JsonPrimitive(value)
                          : new JsonPrimitive(value.toString()))
          .create();

  private static final Gson GSON = LINE.newBuilder().setPrettyPrinting().create();

  private Json() {}

  public static String text(Object value) {
    return GSON.toJson(value);
  }

  /** The value on one line. */
  public static String line(Object value) {
    return LINE.toJson(value);
  }
}
