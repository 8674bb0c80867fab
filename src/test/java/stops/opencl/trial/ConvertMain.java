package stops.opencl.trial;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.stream.Stream;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.opencl.ConversionKind;
import stops.opencl.OpenCl;
import stops.opencl.api.OpenClDevice;

/**
 * Converts a few samples on each device after a trial. The arguments are the {@linkplain
 * ConversionKind#text kinds} of the conversions, each with its number of channels after a colon.
 */
final class ConvertMain {
  private ConvertMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    DeviceTrial trial = new DeviceTrial(Duration.ofMinutes(5), false);
    OpenCl openCl = trial.openCl().get();
    openCl.problems().forEach(problem -> System.out.println("problem " + problem));
    for (OpenClDevice device : openCl.devices()) {
      try (Engine engine = trial.open(openCl, device)) {
        System.out.println("opened " + device.name());
        Stream.of(arguments).forEach(argument -> convert(engine, argument));
      } catch (EngineFailure e) {
        System.out.println("refused " + e.getMessage());
      }
    }
  }

  private static void convert(Engine engine, String argument) {
    String[] parts = argument.split(":");
    Conversion conversion = ConversionKind.read(parts[0]).orElseThrow().example();
    int samples = 30;
    Chunk chunk =
        new Chunk(
            Arena.ofAuto().allocate((long) samples * conversion.source().bytes(), 64),
            Arena.ofAuto().allocate((long) samples * conversion.target().bytes(), 64),
            samples,
            Integer.parseInt(parts[1]),
            0);
    try {
      engine.convert(conversion, chunk);
      System.out.println("converted " + argument);
    } catch (EngineFailure e) {
      System.out.println("refused " + e.getMessage());
    }
  }
}
