package stops.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stops.format.flat.InputFile;

/** Formats of integer samples, which are not linear light. They are refused by their name. */
final class IntegerPictures {
  private static final Map<String, String> MAGIC =
      Map.of(
          "\u0089PNG\r\n", "PNG",
          "\u00ff\u00d8\u00ff", "JPEG",
          "GIF8", "GIF",
          "BM", "BMP",
          "8BPS", "Photoshop",
          "SDPX", "DPX",
          "XPDS", "DPX",
          "P5", "PGM",
          "P6", "PPM");

  private static final Set<String> EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "webp", "psd", "dpx", "pgm", "ppm");

  private IntegerPictures() {}

  /** The name of the integer format of a file; null if it has none. */
  static @Nullable String recognise(ByteBuffer head) {
    for (var entry : MAGIC.entrySet()) {
      if (InputFile.begins(head, entry.getKey().getBytes(StandardCharsets.ISO_8859_1))) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Whether files with this extension hold integers. */
  static boolean hasExtension(String extension) {
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }
}
