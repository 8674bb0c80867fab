package stops.soak;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import stops.FileFormat;
import stops.Stops;
import stops.cache.PrivateFolder;
import stops.convert.FileProgress;
import stops.convert.FileRequest;
import stops.cpu.ScalarEngine;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.Progress;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.engine.pool.EnginePool;
import stops.image.Domain;
import stops.image.ImageException;
import stops.opencl.Arithmetic;
import stops.opencl.FaultyCl;
import stops.opencl.OpenCl;
import stops.opencl.TestDevice;
import stops.opencl.api.JoclCl;
import stops.opencl.api.OpenClDevice;

/** Devices that convert: those of the library, the scalar engine alone, or a driver with faults. */
interface SoakDevices extends AutoCloseable {

  Tally convert(Conversion conversion, Chunk chunk, Progress progress)
      throws EngineFailure, InterruptedException;

  /** Converts a file; devices without files do nothing and return false. */
  default boolean convert(Path input, Path output, boolean raw)
      throws ImageException, EngineFailure, InterruptedException {
    return false;
  }

  @Override
  void close();

  /** The names that {@link #open} knows on this machine. */
  static List<String> names() {
    List<String> names = new ArrayList<>(List.of("cpu", "scalar", "all"));
    OpenCl openCl = OpenCl.probe();
    openCl.devices().forEach(device -> names.add(device.id()));
    if (!openCl.devices().isEmpty()) {
      names.add("faulty");
    }
    return names;
  }

  /** Whether a device converts float64. */
  static boolean fp64(String name) {
    return OpenCl.probe().device(name).map(OpenClDevice::fp64).orElse(true);
  }

  static SoakDevices open(String name, SplittableRandom random) throws Exception {
    return switch (name) {
      case "scalar" -> new Pooled(EnginePool.of(new ScalarEngine(), new ScalarEngine()));
      case "faulty" -> faulty(random);
      default -> new Library(Stops.open(name));
    };
  }

  /** A driver one of whose calls fails, for once or from then on, beside the scalar engine. */
  private static SoakDevices faulty(SplittableRandom random) {
    FaultyCl cl = new FaultyCl(new JoclCl());
    List<Engine> engines = new ArrayList<>();
    try {
      OpenCl openCl = OpenCl.probe(cl.cl());
      PrivateFolder cache = PrivateFolder.ofUser();
      engines.add(
          openCl.open(
              TestDevice.of(openCl),
              TestDevice.options(2, 0, Arithmetic.FP64, random.nextBoolean(), cache)));
    } catch (EngineFailure e) {
      // The scalar engine is left.
    }
    cl.fail(random.nextInt(200), -5, random.nextBoolean());
    engines.add(new ScalarEngine());
    return new Pooled(EnginePool.of(new ScalarEngine(), engines.toArray(Engine[]::new)));
  }

  /** A pool of engines, as the library has one. */
  record Pooled(EnginePool pool) implements SoakDevices {
    @Override
    public Tally convert(Conversion conversion, Chunk chunk, Progress progress)
        throws EngineFailure, InterruptedException {
      return pool.convertAll(conversion, chunk, progress).tally();
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /** The library, which converts files too. */
  record Library(Stops stops) implements SoakDevices {
    @Override
    public Tally convert(Conversion conversion, Chunk chunk, Progress progress)
        throws EngineFailure, InterruptedException {
      return stops.convert(conversion, chunk, progress).tally();
    }

    @Override
    public boolean convert(Path input, Path output, boolean raw)
        throws ImageException, EngineFailure, InterruptedException {
      FileFormat format =
          raw
              ? FileFormat.raw(SampleType.FLOAT32, ByteOrder.LITTLE_ENDIAN)
              : FileFormat.named("exr");
      FileRequest request = FileRequest.of(input, output, Domain.EXPOSURE);
      return stops.convert(request, format, format, FileProgress.NONE).written();
    }

    @Override
    public void close() {
      stops.close();
    }
  }
}
