package stops.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import stops.engine.SampleType;

/** Reads {@code f16}, {@code f32}, {@code f64} and their long forms. */
final class SampleTypeConverter implements ITypeConverter<SampleType> {
  @Override
  public SampleType convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "f16", "float16", "half" -> SampleType.FLOAT16;
      case "f32", "float32", "float" -> SampleType.FLOAT32;
      case "f64", "float64", "double" -> SampleType.FLOAT64;
      default -> throw new TypeConversionException("'" + text + "' is not one of f16, f32, f64");
    };
  }
}
