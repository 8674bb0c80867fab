package stops.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;

/**
 * Prints results as JSON on standard output: records and maps, names as in the code. JSON has no
 * infinities and no NaN; they are the texts {@code "Infinity"}, {@code "-Infinity"} and {@code
 * "NaN"}.
 */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .registerTypeAdapter(
              Double.class,
              (JsonSerializer<Double>)
                  (value, type, context) ->
                      Double.isFinite(value)
                          ? new JsonPrimitive(value)
                          : new JsonPrimitive(value.toString()))
          .create();

  private Json() {}

  static void print(Object value) {
    System.out.println(GSON.toJson(value));
  }
}
