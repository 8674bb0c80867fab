package stops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.Syntax;
import stops.cli.terminal.Console;
import stops.cli.terminal.ExitStatus;
import stops.cli.terminal.UsageException;
import stops.ev.Ev100;
import stops.ev.Figures;
import stops.ev.GivenSettings;
import stops.ev.Nominal;
import stops.ev.SettingKind;
import stops.ev.SettingsSyntax;
import stops.ev.Solution;

/**
 * {@code stops ev}: exposure values of settings, which are options, operands or a file's metadata;
 * the difference of two; and the one setting that is unknown.
 */
final class EvCommand implements Command {
  private static final String UNKNOWN = "?";
  private static final String EV100 = "ev100";
  private static final String NOMINAL = "nominal";
  private static final SettingKind[] KINDS = SettingKind.values();

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Syntax.value(
            "shutter",
            "TIME",
            "Shutter time: 1/250, 0.5, 2s, 1m, or an angle and frames a second: 180@24. Here and "
                + "below, ? is the one to be found for --ev100."));
    options.add(Syntax.value("aperture", "N", "F-number: 2.8, f/2.8."));
    options.add(Syntax.value("iso", "S", "ISO arithmetic speed: 100."));
    options.add(Syntax.value("nd", "D", "Optical density of a filter: 0.9. Default: 0."));
    options.add(Syntax.value(EV100, "LEVEL", "The light level, in stops, that ? is found for."));
    options.add(
        Syntax.value(
            NOMINAL,
            "SCALE",
            "Marked values are the powers of 2 that they mean: in third stops (third, the default: "
                + "1/125 is 2^-7, f/6.3 is 2^(8/3)) or half stops (half); or all are exact "
                + "(exact). Those of files always are."));
    options.add(Syntax.flag("json", "Print the result as JSON."));
    return new Syntax(
        "ev",
        "[SETTINGS|FILE [SETTINGS|FILE]]",
        List.of(
            "Prints the exposure value EV = log2(N^2 / t) of settings, and the light level that "
                + "they expose correctly: EV100 = EV - log2(ISO / 100), luminance (K = 12.5) and "
                + "illuminance (C = 250). Of two, the second minus the first, in stops.",
            "SETTINGS are 1/240,f8,ISO100 and perhaps nd0.9; a FILE has them in its metadata. "
                + "Example: stops ev --shutter '?' --aperture 8 --iso 100 --ev100 12.4"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    Nominal nominal = nominal(given.value(NOMINAL, "third"));
    EvOutput output = new EvOutput(nominal, given.has("json"));
    if (!given.operands().isEmpty()) {
      compare(given, nominal, output);
      return ExitStatus.DONE;
    }
    try {
      SettingKind unknown = unknown(given);
      GivenSettings settings = settings(given, nominal);
      if (unknown == null) {
        output.settings(new EvOperand(settings));
      } else {
        return solve(settings, unknown, light(given), output);
      }
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
    return ExitStatus.DONE;
  }

  private static void compare(Arguments given, Nominal nominal, EvOutput output) throws Exception {
    for (SettingKind kind : KINDS) {
      if (given.has(option(kind))) {
        throw new UsageException(
            "--" + option(kind) + " is for settings as options; write SETTINGS in one word");
      }
    }
    if (given.has(EV100)) {
      throw new UsageException("--ev100 is for a setting that is ?");
    }
    List<String> operands = given.operands();
    if (operands.size() > 2) {
      throw new UsageException("what is '" + operands.get(2) + "' for?");
    }
    EvOperand first = EvOperand.of(given, 0, nominal);
    try {
      if (operands.size() == 1) {
        output.settings(first);
      } else {
        EvOperand second = EvOperand.of(given, 1, nominal);
        output.difference(first, second, second.settings().stopsAbove(first.settings()));
      }
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
  }

  private static int solve(
      GivenSettings settings, SettingKind unknown, Ev100 light, EvOutput output) {
    if (unknown == SettingKind.DENSITY) {
      double without = settings.complete().ev100().stops();
      if (without > light.stops()) {
        Console.say(
            "stops ev: no filter: without one these settings need EV100 "
                + Figures.stops(without)
                + ", more light than there is; open the aperture, or raise time or ISO");
        return ExitStatus.DATA;
      }
    }
    output.solution(settings, Solution.of(settings, unknown, light));
    return ExitStatus.DONE;
  }

  private static @Nullable SettingKind unknown(Arguments given) throws UsageException {
    SettingKind unknown = null;
    for (SettingKind kind : KINDS) {
      if (given.value(option(kind), "").equals(UNKNOWN)) {
        if (unknown != null) {
          throw new UsageException(
              "both --"
                  + option(unknown)
                  + " and --"
                  + option(kind)
                  + " are ?; only one can be found");
        }
        unknown = kind;
      }
    }
    String level = given.value(EV100);
    if (unknown != null && (level == null || level.equals(UNKNOWN))) {
      throw new UsageException(
          "--" + option(unknown) + " ? needs the light level: --ev100 12, for instance");
    }
    if (unknown == null && level != null && !level.equals(UNKNOWN)) {
      throw new UsageException(
          "--ev100 follows from the settings; write ? for the one to be found");
    }
    return unknown;
  }

  private static GivenSettings settings(Arguments given, Nominal nominal) throws UsageException {
    GivenSettings settings = GivenSettings.NONE;
    for (SettingKind kind : KINDS) {
      String text = given.value(option(kind));
      if (text == null && kind != SettingKind.DENSITY) {
        throw new UsageException(
            "--"
                + option(kind)
                + " is missing; with --ev100 it may be ?, and is found; or write SETTINGS or a FILE");
      }
      if (text != null && !text.equals(UNKNOWN)) {
        settings = settings.with(SettingsSyntax.setting(kind, "--" + option(kind), text, nominal));
      }
    }
    return settings;
  }

  private static Ev100 light(Arguments given) throws UsageException {
    double level = given.number(EV100, 0);
    // Far beyond any light, and near enough for all numbers to be finite.
    if (!(Math.abs(level) <= 90)) {
      throw new UsageException(
          "--ev100 is " + given.value(EV100) + ", not a light level from -90 to 90");
    }
    return new Ev100(level);
  }

  private static Nominal nominal(String text) throws UsageException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "third" -> Nominal.THIRD;
      case "half" -> Nominal.HALF;
      case "exact" -> Nominal.EXACT;
      default ->
          throw new UsageException("--nominal: '" + text + "' is not one of third, half, exact");
    };
  }

  private static String option(SettingKind kind) {
    return kind.word().toLowerCase(Locale.ROOT);
  }

  private static UsageException usage(IllegalArgumentException wrong) {
    return new UsageException(String.valueOf(wrong.getMessage()));
  }
}
