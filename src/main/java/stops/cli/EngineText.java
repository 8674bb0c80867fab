package stops.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import stops.engine.EngineFault;
import stops.engine.EngineInfo;
import stops.engine.EngineUse;

/** What is told of an engine: what it is and what it did. */
final class EngineText {
  private EngineText() {}

  /** {@code cpu, NAME (DETAIL): 1,234 samples}. */
  static String line(EngineUse use) {
    EngineInfo engine = use.engine();
    return String.format(
        Locale.ROOT,
        "%s, %s (%s): %s samples",
        engine.id(),
        engine.name(),
        engine.detail(),
        Numbers.grouped(use.samples()));
  }

  static Map<String, Object> json(EngineUse use) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", use.engine().id());
    json.put("kind", use.engine().kind().name());
    json.put("name", use.engine().name());
    json.put("detail", use.engine().detail());
    json.put("reason", use.reason());
    json.put("samples", use.samples());
    json.put("chunks", use.chunks());
    json.put("busySeconds", use.busySeconds());
    json.put("faults", use.faults().stream().map(EngineFault::toString).toList());
    return json;
  }
}
