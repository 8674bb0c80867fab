package stops.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;
import stops.cli.batch.BatchOptions;
import stops.cli.batch.BatchRun;
import stops.cli.syntax.Arguments;
import stops.cli.syntax.Command;
import stops.cli.syntax.CommonOptions;
import stops.cli.syntax.Syntax;
import stops.cli.syntax.WorkOptions;

/** {@code stops convert}: converts files from intensity to exposure, or back. */
final class ConvertCommand implements Command {

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Syntax.value(
            "to", "DOMAIN", "What the light is to stand for: exposure or intensity. Required."));
    options.addAll(FileOptions.OPTIONS);
    options.addAll(FormatOptions.OPTIONS);
    options.addAll(ConvertPlaces.OPTIONS);
    options.addAll(BatchOptions.OPTIONS);
    options.add(WorkOptions.DEVICE);
    options.addAll(WorkOptions.OPTIONS);
    options.addAll(CommonOptions.OPTIONS);
    return new Syntax(
        "convert",
        "IN... OUT --to DOMAIN",
        List.of(
            "Converts the light of HDR files to exposure in stops, or to intensity.",
            "Formats: OpenEXR, Radiance .hdr, PFM, NPY, TIFF, raw samples; told by content. The "
                + "output has the format of its name's ending, or --format. IN and OUT may be the "
                + "same file; OUT may be a folder, and then there may be several IN; - is standard "
                + "input or output.",
            "Light is R, G, B and Y; alpha, depth, normals, ids and the like are copied bit for "
                + "bit."),
        options);
  }

  @Override
  public int run(Arguments given) throws Exception {
    if (given.has(BatchOptions.BATCH)) {
      return batch(given);
    }
    BatchOptions.checkNoBatch(given);
    FileOptions task = FileOptions.of(given);
    return new FileRun("stops convert", given).run(task);
  }

  private int batch(Arguments given) throws Exception {
    BatchOptions options = BatchOptions.of(given, syntax());
    try (ConvertJobs jobs = new ConvertJobs(syntax(), options)) {
      return new BatchRun("stops convert", options, jobs).run();
    }
  }
}
