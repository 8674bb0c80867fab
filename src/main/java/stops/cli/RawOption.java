package stops.cli;

import java.nio.ByteOrder;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;
import stops.format.RawFormat;

/** Reads the value of {@code --raw}: a sample type and perhaps a byte order. */
final class RawOption {
  private RawOption() {}

  static RawFormat parse(String text) throws UsageException {
    int comma = text.indexOf(',');
    String order = comma < 0 ? "little" : text.substring(comma + 1).toLowerCase(Locale.ROOT);
    if (!order.equals("little") && !order.equals("big")) {
      throw new UsageException("--raw: '" + order + "' is not a byte order; write little or big");
    }
    try {
      return new RawFormat(
          new SampleTypeConverter().convert(comma < 0 ? text : text.substring(0, comma)),
          order.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    } catch (TypeConversionException e) {
      throw new UsageException("--raw: " + e.getMessage());
    }
  }
}
