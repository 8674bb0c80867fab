package stops.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.WorkOptions;

/** {@code stops adjust}: makes the light of files brighter or darker by a number of stops. */
final class AdjustCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>(AdjustOptions.OPTIONS);
    options.addAll(FormatOptions.OPTIONS);
    options.addAll(ConvertPlaces.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "adjust",
        "IN... OUT --stops S",
        List.of(
            "Makes the light of HDR files brighter or darker by a number of stops: intensities are "
                + "multiplied by 2^S, exposures get S added, and each result is rounded once. "
                + "Negative samples keep their sign; nothing is clamped.",
            "Light is R, G, B and Y, as in stops convert, and OUT has the same sample types. EXR "
                + "files remember by how many stops each channel was adjusted, and --undo takes "
                + "that back.",
            "Example: stops adjust target/desk.exr target/brighter.exr --stops +1+1/3"),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    AdjustOptions task = AdjustOptions.of(given);
    return new FileRun("stops adjust", given).run(task);
  }
}
