package stops.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.ValueSyntax;
import stops.cli.terminal.UsageException;
import stops.convert.AdjustRequest;
import stops.convert.FileConverter;
import stops.convert.FileProgress;
import stops.convert.FileReport;
import stops.engine.EngineFailure;
import stops.engine.ExactStops;
import stops.engine.SampleType;
import stops.ev.Nominal;
import stops.ev.SettingsSyntax;
import stops.image.Domain;
import stops.image.ImageException;
import stops.sequence.Frame;

/**
 * The adjustment that is asked for, the same for every file.
 *
 * @param from domain of the input; null to go by the file
 * @param amounts by how many stops which channels become brighter; empty to undo
 * @param undo whether to take back what files remember
 * @param type sample type of adjusted channels; null for that of the input
 * @param channels names or patterns of the channels to adjust; empty for light
 * @param exclude names or patterns of channels, layers and parts that are not adjusted
 * @param force whether to undo also where some samples do not come back
 * @param formats the formats of the files
 */
record AdjustOptions(
    @Nullable Domain from,
    List<AdjustRequest.Amount> amounts,
    boolean undo,
    @Nullable SampleType type,
    List<String> channels,
    List<String> exclude,
    boolean force,
    FormatOptions formats)
    implements FileTask {

  /** The logarithm of 2 to base 10: https://oeis.org/A007524. */
  private static final BigDecimal LOG10_2 =
      new BigDecimal("0.30102999566398119521373889472449302676818988146210854131");

  private static final MathContext DIGITS = new MathContext(50);

  static final List<Option> OPTIONS =
      List.of(
          Syntax.value(
              "stops",
              "S",
              "By how many stops the light becomes brighter: a decimal, a fraction or both, +1, "
                  + "-2/3, 1+1/3, 0.97. For channels or layers of their own: R=1/3,B=-0.2 or "
                  + "'diffuse.*=+1'."),
          Syntax.value(
              "from-ev", "EV", "The exposure value that IN was exposed for; with --to-ev."),
          Syntax.value(
              "to-ev",
              "EV",
              "The exposure value to show it as: a lower one is a longer exposure, so brighter."),
          Syntax.value(
              "density",
              "D",
              "As through a neutral density filter of this optical density: 0.3 is one stop less."),
          Syntax.flag(
              "undo",
              "Take back the adjustments that IN remembers: the bits that it had. If some samples "
                  + "do not come back, nothing is written, and the exit status is 1."),
          Syntax.value(
              "from",
              "WHAT",
              "With --to, the settings that IN was taken with: 1/240,f8,ISO100. Or what the light "
                  + "of IN stands for, intensity or exposure: by default what the file says; files "
                  + "that say nothing hold intensities."),
          Syntax.value(
              "to",
              "SETTINGS",
              "The settings to show it as: 1/120,f8,ISO100. Marked values mean powers of 2, as in "
                  + "stops ev."),
          Syntax.value(
              "type", "TYPE", "Sample type of what is adjusted: f16, f32 or f64. Default: IN's."),
          Syntax.value(
              "channels",
              "NAME,...",
              "Adjust these channels instead of light: names, or patterns with * and ?."),
          Syntax.value(
              "exclude",
              "NAME,...",
              "Leave these channels, layers or parts as they are: names, or patterns."),
          Syntax.flag("force", "Undo also where some samples do not come back."));

  static AdjustOptions of(Arguments given) throws UsageException {
    List<AdjustRequest.Amount> amounts = new ArrayList<>();
    int ways = 0;
    String stops = given.value("stops");
    if (stops != null) {
      ways++;
      amounts.addAll(amounts(stops));
    }
    if (given.has("from-ev") || given.has("to-ev")) {
      ways++;
      ExactStops before = exact("--from-ev", given.value("from-ev"));
      ExactStops after = exact("--to-ev", given.value("to-ev"));
      amounts.add(new AdjustRequest.Amount("", before.plus(after.negate())));
    }
    String from = given.value("from");
    String to = given.value("to");
    boolean settings = to != null || (from != null && SettingsSyntax.isMeant(from));
    if (settings) {
      ways++;
      amounts.add(new AdjustRequest.Amount("", between(from, to)));
    }
    String density = given.value("density");
    if (density != null) {
      ways++;
      amounts.add(new AdjustRequest.Amount("", ofDensity(density)));
    }
    boolean undo = given.has("undo");
    if (ways + (undo ? 1 : 0) != 1) {
      throw new UsageException(
          ways == 0
              ? "by how many stops? Give --stops, --from-ev and --to-ev, --from and --to, --density,"
                  + " or --undo"
              : "only one of --stops, --from-ev and --to-ev, --from and --to, --density and --undo"
                  + " can be given");
    }
    if (given.has("channels")
        && amounts.stream().noneMatch(amount -> amount.channel().isEmpty())
        && !undo) {
      throw new UsageException("--channels has no number: --stops " + stops + " names channels");
    }
    String type = given.value("type");
    return new AdjustOptions(
        from == null || settings ? null : ValueSyntax.domain("--from", from),
        List.copyOf(amounts),
        undo,
        type == null ? null : ValueSyntax.sampleType("--type", type),
        given.names("channels"),
        given.names("exclude"),
        given.has("force"),
        FormatOptions.of(given));
  }

  private static List<AdjustRequest.Amount> amounts(String text) throws UsageException {
    List<AdjustRequest.Amount> amounts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      int equals = each.lastIndexOf('=');
      String channel = equals < 0 ? "" : each.substring(0, equals).strip();
      if (equals >= 0 && channel.isEmpty()) {
        throw new UsageException("--stops: '" + each + "' names no channel before the =");
      }
      amounts.add(new AdjustRequest.Amount(channel, exact("--stops", each.substring(equals + 1))));
    }
    if (amounts.stream().filter(amount -> amount.channel().isEmpty()).count() > 1) {
      throw new UsageException(
          "--stops: '" + text + "' has two numbers for all light; write a decimal with a point");
    }
    Set<String> names = new HashSet<>();
    for (AdjustRequest.Amount amount : amounts) {
      if (!names.add(amount.channel())) {
        throw new UsageException(
            "--stops: '" + text + "' has two numbers for " + amount.channel() + "; write one");
      }
    }
    return amounts;
  }

  private static ExactStops exact(String option, @Nullable String text) throws UsageException {
    if (text == null) {
      throw new UsageException(option + " is missing: both --from-ev and --to-ev are needed");
    }
    try {
      ExactStops stops = ExactStops.parse(text);
      double unused = stops.high();
      return stops;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new UsageException(option + ": " + e.getMessage());
    }
  }

  /**
   * By how many stops a picture with settings {@code to} is brighter. Marked values are twelfths of
   * stops apart at the least, so that the difference of such is a fraction.
   */
  private static ExactStops between(@Nullable String from, @Nullable String to)
      throws UsageException {
    if (from == null || to == null) {
      throw new UsageException(
          "settings are given twice, --from 1/240,f8,ISO100 --to 1/120,f8,ISO100");
    }
    try {
      double stops =
          SettingsSyntax.parse(to, Nominal.THIRD)
              .stopsAbove(SettingsSyntax.parse(from, Nominal.THIRD));
      long twelfths = Math.round(stops * 12);
      return Math.abs(stops * 12 - twelfths) < 1e-9
          ? ExactStops.parse(twelfths + "/12")
          : ExactStops.of(stops);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--from and --to: " + e.getMessage());
    }
  }

  /** A density lets 10^-density of the light through. */
  private static ExactStops ofDensity(String text) throws UsageException {
    ExactStops density = exact("--density", text);
    if (density.signum() < 0) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--density: %s would be a filter that makes light; use --stops to brighten",
              text));
    }
    BigDecimal sum = new BigDecimal(density.high()).add(new BigDecimal(density.low()));
    return ExactStops.of(sum.divide(LOG10_2, DIGITS).negate());
  }

  @Override
  public AdjustRequest request(Frame frame, int alike) {
    return new AdjustRequest(
        frame.input(), frame.output(), from, amounts, undo, type, channels, exclude, force, alike);
  }

  @Override
  public FileReport run(FileConverter converter, Frame frame, int alike, FileProgress progress)
      throws ImageException, EngineFailure, InterruptedException {
    return formats.adjust(converter, request(frame, alike), progress);
  }
}
