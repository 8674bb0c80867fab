package stops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.terminal.StandardFiles;
import stops.cli.terminal.UsageException;
import stops.ev.ExposureMetadata;
import stops.ev.GivenSettings;
import stops.ev.MissingSettings;
import stops.ev.Nominal;
import stops.ev.SettingKind;
import stops.ev.SettingsSyntax;
import stops.format.Formats;
import stops.image.ImageException;
import stops.image.ImageSource;
import stops.image.MemoryBound;

/**
 * Settings, and where they come from.
 *
 * @param settings what is given of them
 * @param file the file whose metadata has them, or null
 * @param metadata the attributes that have them, or null
 */
record EvOperand(
    GivenSettings settings, @Nullable String file, @Nullable ExposureMetadata metadata) {

  /** Settings from the command line. */
  EvOperand(GivenSettings settings) {
    this(settings, null, null);
  }

  /**
   * The operand {@code index}: settings if it has their form, or commas and is no file; else a
   * file.
   */
  static EvOperand of(Arguments given, int index, Nominal nominal)
      throws UsageException, ImageException, MissingSettings {
    String text = given.operands().get(index);
    if (SettingsSyntax.isMeant(text)) {
      return parse(text, nominal);
    }
    Path path = given.files(1, 2, "SETTINGS or FILE").get(index);
    return text.indexOf(',') >= 0 && !Files.exists(path) ? parse(text, nominal) : Reading.of(path);
  }

  private static EvOperand parse(String text, Nominal nominal) throws UsageException {
    try {
      return new EvOperand(SettingsSyntax.parse(text, nominal));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** The attribute that has a setting, or null. */
  @Nullable String attribute(SettingKind kind) {
    if (metadata == null) {
      return null;
    }
    return switch (kind) {
      case SHUTTER -> metadata.shutterName();
      case APERTURE -> metadata.apertureName();
      case ISO -> metadata.isoName();
      case DENSITY -> null;
    };
  }

  /** Reads files. A class of its own, so that settings alone load nothing of it. */
  private static final class Reading {
    private Reading() {}

    static EvOperand of(Path named) throws ImageException, MissingSettings {
      try (StandardFiles standard = new StandardFiles()) {
        Path file = standard.input(named);
        String told = standard.told(file.toString());
        try (ImageSource source = Formats.of(file).open(file, MemoryBound.DEFAULT)) {
          ExposureMetadata metadata = ExposureMetadata.of(told, source.info());
          return new EvOperand(metadata.settings(), told, metadata);
        } catch (ImageException e) {
          throw standard.told(e);
        }
      }
    }
  }
}
