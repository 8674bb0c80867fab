package stops.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stops.cli.terminal.Console;
import stops.ev.Ev;
import stops.ev.Ev100;
import stops.ev.ExposureSettings;
import stops.ev.Figures;
import stops.ev.GivenSettings;
import stops.ev.Nominal;
import stops.ev.Setting;
import stops.ev.SettingKind;
import stops.ev.Solution;

/** What {@code stops ev} prints, as text or JSON. */
final class EvOutput {
  private static final int COLUMN = 13;

  /** Longer times are shown in seconds alone. */
  private static final double LONGEST_FRACTION = 0.3;

  private final Nominal nominal;
  private final boolean json;

  EvOutput(Nominal nominal, boolean json) {
    this.nominal = nominal;
    this.json = json;
  }

  /** Prints settings and what follows from them. */
  void settings(EvOperand operand) {
    ExposureSettings complete = operand.settings().complete();
    if (json) {
      Map<String, Object> object = object(operand);
      object.putAll(values(complete.ev(), complete.ev100()));
      Console.json(object);
      return;
    }
    if (operand.file() != null) {
      Console.result(line("file", operand.file()));
    }
    for (SettingKind kind : SettingKind.values()) {
      Setting setting = operand.settings().of(kind);
      if (setting != null) {
        Console.result(line(kind.word(), meaning(setting, operand.attribute(kind))));
      }
    }
    Console.results(valueLines(complete.ev(), complete.ev100()));
  }

  /** Prints how many stops the second of two settings is above the first. */
  void difference(EvOperand first, EvOperand second, double stops) {
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("first", withValues(first));
      object.put("second", withValues(second));
      object.put("stops", stops);
      Console.json(object);
      return;
    }
    Console.result(line("first", summary(first)));
    Console.result(line("second", summary(second)));
    String which =
        Figures.stops(stops).equals("0")
            ? "both pictures are as bright"
            : "the " + (stops > 0 ? "second" : "first") + " picture is brighter";
    Console.result(line("difference", counted(stops) + ": " + which));
  }

  /** Prints the setting that was unknown, and what follows. */
  void solution(GivenSettings others, Solution solution) {
    if (json) {
      Map<String, Object> object = object(new EvOperand(others));
      Map<String, Object> solved = new LinkedHashMap<>();
      solved.put("setting", key(solution.kind()));
      solved.put("value", solution.value());
      putNearest(solved, "third", solution.third());
      putNearest(solved, "half", solution.half());
      object.put("solved", solved);
      object.putAll(values(solution.exact().ev(), solution.light()));
      Console.json(object);
      return;
    }
    for (SettingKind kind : SettingKind.values()) {
      Setting setting = others.of(kind);
      if (kind == solution.kind()) {
        Console.result(line(kind.word(), exact(kind, solution.value())));
        Console.result(line("  third", nearest(kind, solution.third())));
        Console.result(line("  half", nearest(kind, solution.half())));
      } else if (setting != null) {
        Console.result(line(kind.word(), meaning(setting, null)));
      }
    }
    Console.results(valueLines(solution.exact().ev(), solution.light()));
  }

  private static List<String> valueLines(Ev ev, Ev100 light) {
    List<String> lines = new ArrayList<>();
    lines.add(line("EV", Figures.stops(ev.stops())));
    lines.add(line("EV100", Figures.stops(light.stops())));
    lines.add(line("luminance", Figures.rounded(light.luminance()) + " cd/m^2"));
    lines.add(line("illuminance", Figures.rounded(light.illuminance()) + " lux"));
    return lines;
  }

  private static String line(String name, String text) {
    return name + " ".repeat(COLUMN - name.length()) + text;
  }

  private static String unit(SettingKind kind, String value) {
    return switch (kind) {
      case SHUTTER -> value + " s";
      case APERTURE -> "f/" + value;
      case ISO, DENSITY -> value;
    };
  }

  /** A setting, and the number that it was taken for. */
  private String meaning(Setting setting, @Nullable String attribute) {
    String written = unit(setting.kind(), setting.written());
    if (attribute != null) {
      return written + ", exact: attribute " + attribute;
    }
    if (setting.kind() == SettingKind.DENSITY) {
      double density = setting.value();
      ExposureSettings filter = ExposureSettings.of(1, 1, 1).withDensity(density);
      return written + ": " + Figures.stops(filter.densityStops()) + " stops less light";
    }
    if (setting.nominal()) {
      String power = setting.power().toString();
      String value = Figures.rounded(setting.value());
      return written + ", nominal: " + (power.equals(value) ? value : power + " = " + value);
    }
    return written
        + switch (nominal) {
          case THIRD -> ", exact: not marked in thirds";
          case HALF -> ", exact: not marked in halves";
          case EXACT -> ", exact";
        };
  }

  /** Settings in one line; what is exact says so. */
  private static String summary(EvOperand operand) {
    StringBuilder text = new StringBuilder();
    if (operand.file() != null) {
      text.append(operand.file()).append(": ");
    }
    String between = "";
    boolean complete = true;
    for (SettingKind kind : SettingKind.values()) {
      Setting setting = operand.settings().of(kind);
      if (setting == null) {
        complete &= kind == SettingKind.DENSITY;
        continue;
      }
      boolean named = kind == SettingKind.ISO || kind == SettingKind.DENSITY;
      text.append(between).append(named ? kind.word() + " " : "");
      text.append(unit(kind, setting.written()));
      text.append(setting.nominal() || kind == SettingKind.DENSITY ? "" : " (exact)");
      between = ", ";
    }
    if (complete) {
      text.append("; EV100 ").append(Figures.stops(operand.settings().complete().ev100().stops()));
    }
    return text.toString();
  }

  private static String counted(double stops) {
    String text = Figures.difference(stops);
    return text + (text.equals("+1") || text.equals("-1") ? " stop" : " stops");
  }

  private static String exact(SettingKind kind, double value) {
    boolean fraction = kind == SettingKind.SHUTTER && value < LONGEST_FRACTION;
    return unit(kind, Figures.rounded(value))
        + (fraction ? " (1/" + Figures.rounded(1 / value) + ")" : "")
        + ", exact";
  }

  private static String nearest(SettingKind kind, Solution.@Nullable Nearest nearest) {
    return nearest == null
        ? "no marked value within a stop"
        : unit(kind, nearest.marked()) + ", " + counted(nearest.stops());
  }

  private static String key(SettingKind kind) {
    return kind.word().toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> object(EvOperand operand) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (operand.file() != null) {
      object.put("file", operand.file());
    }
    for (SettingKind kind : SettingKind.values()) {
      Setting setting = operand.settings().of(kind);
      if (setting != null) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("written", setting.written());
        entry.put("value", setting.value());
        entry.put("nominal", setting.nominal());
        String attribute = operand.attribute(kind);
        if (attribute != null) {
          entry.put("attribute", attribute);
        }
        object.put(key(kind), entry);
      }
    }
    return object;
  }

  private Map<String, Object> withValues(EvOperand operand) {
    Map<String, Object> object = object(operand);
    GivenSettings settings = operand.settings();
    if (settings.shutter() != null && settings.aperture() != null && settings.iso() != null) {
      ExposureSettings complete = settings.complete();
      object.putAll(values(complete.ev(), complete.ev100()));
    }
    return object;
  }

  private static Map<String, Object> values(Ev ev, Ev100 light) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ev", ev.stops());
    values.put("ev100", light.stops());
    values.put("luminance", light.luminance());
    values.put("illuminance", light.illuminance());
    return values;
  }

  private static void putNearest(
      Map<String, Object> solved, String name, Solution.@Nullable Nearest nearest) {
    if (nearest != null) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("marked", nearest.marked());
      entry.put("value", nearest.value());
      entry.put("stops", nearest.stops());
      solved.put(name, entry);
    }
  }
}
