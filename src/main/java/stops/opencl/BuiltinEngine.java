package stops.opencl;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import stops.engine.Chunk;
import stops.engine.Conversion;
import stops.engine.Direction;
import stops.engine.Engine;
import stops.engine.EngineFailure;
import stops.engine.EngineInfo;
import stops.engine.SampleType;
import stops.engine.Tally;
import stops.opencl.api.ClException;
import stops.opencl.api.CommandQueue;
import stops.opencl.api.Context;
import stops.opencl.api.DeviceBuffer;
import stops.opencl.api.OpenClDevice;

/**
 * An engine that calls the device's built-in {@code log2} and {@code exp2}, for comparisons only:
 * its results depend on the vendor. It converts float32 without gain and counts no anomalies. One
 * conversion runs at a time, on native segments of at most 2 GiB.
 */
final class BuiltinEngine implements Engine {
  private final OpenClDevice device;
  private final Context context;
  private final CommandQueue queue;
  private final Map<Direction, BuiltinKernel> kernels = new EnumMap<>(Direction.class);
  private @Nullable DeviceBuffer source;
  private @Nullable DeviceBuffer target;

  BuiltinEngine(OpenClDevice device, Context context) throws ClException {
    this.device = device;
    this.context = context;
    this.queue = CommandQueue.create(context);
    for (Direction direction : Direction.MAPS) {
      kernels.put(direction, BuiltinKernel.compile(context, direction));
    }
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo(
        device.id(),
        switch (device.type()) {
          case CPU -> EngineInfo.Kind.OPENCL_CPU;
          case GPU -> EngineInfo.Kind.OPENCL_GPU;
          case ACCELERATOR -> EngineInfo.Kind.OPENCL_ACCELERATOR;
        },
        device.name(),
        String.format(
            Locale.ROOT,
            "%s, driver %s, its own log2 and exp2",
            device.platformName(),
            device.driverVersion()),
        1,
        1L << 24);
  }

  @Override
  public boolean supports(Conversion conversion) {
    return conversion.source() == SampleType.FLOAT32
        && conversion.target() == SampleType.FLOAT32
        && conversion.gainStops() == 0
        && !conversion.direction().adjusts();
  }

  @Override
  public synchronized Tally convert(Conversion conversion, Chunk chunk) throws EngineFailure {
    chunk.check(conversion);
    if (!supports(conversion)) {
      throw new EngineFailure("built-in functions convert float32 without gain only");
    }
    try {
      DeviceBuffer in =
          source =
              DeviceBuffer.atLeast(
                  source, context, DeviceBuffer.READ_ONLY, chunk.source().byteSize());
      DeviceBuffer out =
          target =
              DeviceBuffer.atLeast(
                  target, context, DeviceBuffer.WRITE_ONLY, chunk.target().byteSize());
      queue.write(in, chunk.source());
      Objects.requireNonNull(kernels.get(conversion.direction()))
          .run(queue, in, out, chunk.samples());
      queue.read(out, chunk.target());
      return new Tally(chunk.channels());
    } catch (ClException e) {
      throw new EngineFailure(
          String.format(Locale.ROOT, "OpenCL device %s %s", device.label(), e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    context.close();
  }
}
